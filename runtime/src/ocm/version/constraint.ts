import { RE2JS } from 're2js';
import { OcmError, quoted } from '../error.ts';
import { tryParseVersion, type Version } from './version.ts';

export type Operator = '' | '=' | '!=' | '>' | '<' | '>=' | '=>' | '<=' | '=<' | '~' | '~>' | '^';

/** One comparison, for example `>=1.2`. `open` is the first part that is missing or a wildcard: `1.x` is open from `minor` on. */
export interface Comparator {
  readonly operator: Operator;
  readonly text: string;
  /** The named version, open parts as 0. */
  readonly version: Version;
  readonly open?: 'major' | 'minor' | 'patch';
}

/** Comparators that must all hold. Prereleases take part when any comparator names one. */
export interface ComparatorGroup {
  readonly comparators: readonly Comparator[];
  readonly admitsPrereleases: boolean;
}

/** Groups of which one must hold. */
export interface Constraint {
  readonly groups: readonly ComparatorGroup[];
}

const MAX_CONSTRAINT_BYTES = 512;
const MAX_GROUPS = 32;
const OPERATORS: readonly Operator[] = ['!=', '>=', '=>', '<=', '=<', '~>', '=', '>', '<', '~', '^'];
const SUFFIX = '(-([0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*))?(\\+([0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*))?';
// `|` inside the classes is Masterminds' own: such parts are found, then refused as numbers, and `1||2 - 3` is cut after the rewrite.
const PART = '[0-9|xX*]+';
const OPERAND = `v?(${PART})(\\.${PART})?(\\.${PART})?${SUFFIX}`;
/** Linear: neighbouring parts share no character, and it is tried at one place only. */
const WHOLE_OPERAND = new RegExp(`^${OPERAND}$`);
/** Searched for in the whole text, therefore on RE2. */
const HYPHEN_RANGE = RE2JS.compile(`\\s*(${OPERAND})\\s+-\\s+(${OPERAND})\\s*`);
const SECOND_OPERAND_GROUP = 11;

/**
 * Reads a constraint of Masterminds/semver v3: comparators (`= != > < >= => <= =< ~ ~> ^`), wildcards (`x X *` or missing parts),
 * ranges (`1.2 - 1.4`), AND by blank or comma, OR by `||`. At most 512 bytes and 32 groups. Throws `CONSTRAINT_INVALID`.
 */
export function parseConstraint(text: string): Constraint {
  if (new TextEncoder().encode(text).length > MAX_CONSTRAINT_BYTES) {
    throw new OcmError('CONSTRAINT_INVALID', `constraint ${quoted(text)} is longer than ${MAX_CONSTRAINT_BYTES} bytes: shorten it`);
  }
  const segments = rewriteHyphenRanges(text).split('||');
  if (segments.length > MAX_GROUPS) {
    throw new OcmError('CONSTRAINT_INVALID', `constraint ${quoted(text)} has more than ${MAX_GROUPS} alternatives: use fewer`);
  }
  return { groups: segments.map((segment) => parseGroup(segment, text)) };
}

/** The constraint in Masterminds' canonical spelling: blanks for AND, ` || ` for OR, ranges as two comparators. */
export function printConstraint(constraint: Constraint): string {
  return constraint.groups.map(({ comparators }) => comparators.map(({ operator, text }) => operator + text).join(' ')).join(' || ');
}

function rewriteHyphenRanges(text: string): string {
  const matcher = HYPHEN_RANGE.matcher(text);
  let result = '';
  let end = 0;
  while (matcher.find()) {
    result += `${text.slice(end, matcher.start())}>= ${matcher.group(1)}, <= ${matcher.group(SECOND_OPERAND_GROUP)} `;
    end = matcher.end();
  }
  return result + text.slice(end);
}

function parseGroup(segment: string, whole: string): ComparatorGroup {
  const comparators: Comparator[] = [];
  let at = skipBlanks(segment, 0);
  let more = true;
  while (more) {
    const operator = OPERATORS.find((candidate) => segment.startsWith(candidate, at)) ?? '';
    const start = skipBlanks(segment, at + operator.length);
    const end = endOfOperand(segment, start);
    comparators.push(parseComparator(operator, segment.slice(start, end), whole));
    at = skipBlanks(segment, end);
    const comma = segment[at] === ',';
    if (comma) at = skipBlanks(segment, at + 1);
    more = comma || at < segment.length;
  }
  return { comparators, admitsPrereleases: comparators.some(({ version }) => version.prerelease !== '') };
}

function parseComparator(operator: Operator, text: string, whole: string): Comparator {
  const match = WHOLE_OPERAND.exec(text);
  const [, major = '', minor = '', patch = '', prerelease = ''] = match ?? [];
  const open = isOpen(major) ? 'major' : isOpen(minor) ? 'minor' : isOpen(patch) ? 'patch' : undefined;
  const written = { major: '0.0.0', minor: `${major}.0.0`, patch: `${major}${minor}.0` };
  const version = match === null ? undefined : tryParseVersion(open === undefined ? text : written[open] + prerelease);
  if (version === undefined) {
    throw new OcmError(
      'CONSTRAINT_INVALID',
      `constraint ${quoted(whole)} is improper at ${quoted(operator + text)}: write for example ">=1.2.3 <2" or "^1.2"`,
    );
  }
  return { operator, text, version, ...(open !== undefined && { open }) };
}

function isOpen(part: string): boolean {
  return ['', 'x', 'X', '*'].includes(part.replace('.', ''));
}

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t' || char === '\n' || char === '\r' || char === '\f';
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text[at])) at++;
  return at;
}

function endOfOperand(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== ',' && !isBlank(text[at])) at++;
  return at;
}
