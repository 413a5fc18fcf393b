export { type BusinessCalendar, holidayOn } from './calendar.ts';
export { CATALOG_FILES, Catalog, type CatalogPart, catalogJsonSchema } from './catalog.ts';
export { checkVersions, type Findings, runState, type Verdict, type VersionFound } from './compatibility.ts';
export { type Conditions, type ConditionType, conditionsOf, namesKind } from './conditions.ts';
export { type BrokenReference, brokenReferences } from './cross-references.ts';
export { type Duration, DurationError, DurationText, durationMs, ElapsedText, formatDuration, parseDuration } from './duration.ts';
export { CatalogError, type CatalogErrorCode } from './error.ts';
export { PlaybookId, Product } from './identifiers.ts';
export { currentLabelName, type Label, type LabelAutomation, type LabelGroup, type Labels, labelNamed, labelsIn } from './labels.ts';
export { type Cell, matrix, type PairMatrix, type ReportedCell, type TestedCell } from './matrix.ts';
export { type ParsedFile, parseDataFile } from './parse.ts';
export {
  type Cause,
  meaning,
  meanings,
  type Occurrence,
  playbooksFor,
  type ReasonEntry,
  type ReasonMeaning,
  type Reasons,
  type Retry,
  reasonRows,
} from './reasons.ts';
export { CompatibilityState, type Pair, type Reported, type ReportedEntry } from './reported.ts';
export { type Sla, type SlaPause, type SlaTarget, slaTarget } from './sla.ts';
export { type DeprecationRule, type Support, type SupportWindow, supportOf } from './support.ts';
export type { Tested, TestedRun } from './tested.ts';
export { upgradeSteps } from './upgrade.ts';
export { inRange, readVersion } from './version-match.ts';
export { lineOf, linesOf, type ProductVersions, type Release, releasesOf, type Versions } from './versions.ts';
