/** Everything a program (Node or browser) needs of the playbooks; reading the files is `./load.ts`. */
export { cleanText } from './clean.ts';
export { PlaybookError, type PlaybookErrorCode } from './error.ts';
export { extractEvidence, MAX_TEXT, originalOffset } from './evidence/extract.ts';
export { ANSWER_AT, createMatcher, type Matcher } from './match/matcher.ts';
export { parsePlaybook } from './parse.ts';
export { redact, redactJson } from './redact.ts';
export { parseSamples } from './samples.ts';
export * from './schema.ts';
export {
  type Contribution,
  createScopeModel,
  type Integration,
  type ScopeDecision,
  type ScopeInput,
  type ScopeModel,
} from './scope/decide.ts';
export { RUNTIME_PATHS, touchesRuntime } from './scope/paths.ts';
export type { Side, Signal } from './scope/signal.ts';
export { PRIOR, SIGNALS } from './scope/signals.ts';
export { createTriage, type Item, type Triage } from './triage.ts';
export type * from './types.ts';
