export { compareVersions, type Order } from './compare.ts';
export { type Comparator, type ComparatorGroup, type Constraint, type Operator, parseConstraint, printConstraint } from './constraint.ts';
export { DOWNGRADE_POLICIES, type DowngradeDecision, type DowngradePolicy, decideDowngrade } from './downgrade.ts';
export { compileFilter, type VersionFilter } from './filter.ts';
export { satisfies } from './satisfies.ts';
export {
  type OrderedVersions,
  orderVersions,
  parseVersionRequest,
  type Selection,
  selectHighest,
  type VersionRequest,
} from './select.ts';
export { parseStrictVersion, parseVersion, printVersion, tryParseVersion, type Version } from './version.ts';
