/**
 * Plain scalars that YAML 1.1 (the Go tools) and YAML 1.2 (everybody else) read as different values: words for booleans, octal and binary
 * numbers, signed hexadecimal ones, underscores in numbers. Each alternative is linear.
 */
const READ_DIFFERENTLY =
  /^(?:[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|[-+]?0[0-9_]+|[-+]?0b[01_]+|[-+]0[xo][0-9a-fA-F_]+|[-+]?[0-9][0-9_]*_[0-9_.]*)$/;

const TRUE = new Set(['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE']);
const FALSE = new Set(['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE']);
const NULL = new Set(['', '~', 'null', 'Null', 'NULL']);
/** A sign, then digits in base 16, 8, 2, 8 (written with a leading zero) or 10. */
const INTEGER = /^([-+]?)(0x[0-9a-fA-F]+|0o[0-7]+|0b[01]+|0[0-7]+|0|[1-9][0-9]*)$/;
const DECIMAL = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** Whether readers of YAML 1.1 and 1.2 disagree about a plain scalar. */
export function isReadDifferently(source: string): boolean {
  return READ_DIFFERENTLY.test(source);
}

/** What the Go tools (YAML 1.1 by `sigs.k8s.io/yaml`) read a plain scalar as. */
export function goScalar(source: string): string | number | boolean | null {
  if (TRUE.has(source)) return true;
  if (FALSE.has(source)) return false;
  if (NULL.has(source)) return null;
  const digits = /^[-+.]?[0-9]/.test(source) ? source.replaceAll('_', '') : source;
  const [, sign, magnitude] = INTEGER.exec(digits) ?? [];
  if (magnitude !== undefined) return (sign === '-' ? -1 : 1) * Number(/^0[0-7]/.test(magnitude) ? `0o${magnitude.slice(1)}` : magnitude);
  return DECIMAL.test(digits) ? Number(digits) : source;
}
