const TRUE = new Set(['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE']);
const FALSE = new Set(['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE']);
const NULL = new Set(['', '~', 'null', 'Null', 'NULL']);
// All linear: anchored, and neighbouring parts share no character.
/** A sign, then digits in base 16, 8, 2, 8 (written with a leading zero) or 10. */
const INTEGER = /^([-+]?)(0x[0-9a-fA-F]+|0o[0-7]+|0b[01]+|0[0-7]+|0|[1-9][0-9]*)$/;
const DECIMAL = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const NUMERIC_START = /^[-+.0-9]/;
const LOOSE_UNDERSCORE = /(?:^|[^0-9])_|_(?:[^0-9]|$)/;

/**
 * What the Go tools (YAML 1.1 by `sigs.k8s.io/yaml`) read a plain scalar as: words for booleans, octal and binary numbers and underscores in
 * numbers are where they part from YAML 1.2.
 */
export function goScalar(source: string): string | number | boolean | null {
  if (TRUE.has(source)) return true;
  if (FALSE.has(source)) return false;
  if (NULL.has(source)) return null;
  if (!NUMERIC_START.test(source) || (source.startsWith('.') && LOOSE_UNDERSCORE.test(source))) return source;
  const digits = source.replaceAll('_', '');
  const [, sign, magnitude] = INTEGER.exec(digits) ?? [];
  if (magnitude !== undefined) return (sign === '-' ? -1 : 1) * Number(/^0[0-7]/.test(magnitude) ? `0o${magnitude.slice(1)}` : magnitude);
  return DECIMAL.test(digits) ? Number(digits) : source;
}

/** What the Go tools make of a plain key, which is text in JSON; undefined for null, for decimal fractions and for numbers beyond 53 bits. */
export function goKey(source: string): string | undefined {
  const read = goScalar(source);
  if (read === null || (typeof read === 'number' && !(INTEGER.test(source.replaceAll('_', '')) && Number.isSafeInteger(read))))
    return undefined;
  return String(read);
}
