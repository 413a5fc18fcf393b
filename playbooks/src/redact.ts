import { maskKeyedValues } from './redact/keyed-values.ts';
import { createMask } from './redact/mask.ts';
import { maskSecretObjects } from './redact/secret-objects.ts';
import { maskPrivateKeys, maskTokens, maskUrlCredentials, mayHoldToken } from './redact/tokens.ts';
import { isSensitiveKey, looksLikeSecretValue, namesSecret } from './redact/words.ts';

/**
 * The text with secrets replaced by `*`, character for character: the length, line breaks and all offsets stay (so the length of a
 * secret can be seen, its content cannot). Masked are: values of Secret `data`/`stringData`, Docker configurations, values of keys such
 * as `password` or `token`, bearer/basic credentials, tokens with a known shape (GitHub, GitLab, AWS, Slack, JWT …), PEM private keys,
 * user info in URLs and e-mail addresses. Kubernetes names, versions and digests stay. Idempotent; time is linear in the text.
 */
export function redact(text: string): string {
  if (holdsNothing(text)) return text;
  let masked = text;
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const next = maskOnce(masked);
    if (next === masked) return masked;
    masked = next;
  }
  return masked;
}

/**
 * Most strings of a webhook are addresses, ids, names and times. Without white space, `@`, quotes and colons there is no header and no user
 * info, and without a word for a secret before a `=` no key; what is left to look for are tokens that start in a known way.
 */
const holdsNothing = (text: string): boolean =>
  (ADDRESS_OR_NAME.test(text) || TIME.test(text)) && !(text.includes('=') && namesSecret(text)) && !mayHoldToken(text);
const ADDRESS_OR_NAME = /^(?:https:\/\/)?[\w\-./{}#,+~%?&=]*$/;
const TIME = /^[\dTZ:.+-]*$/;

/** Masking can uncover what overlapped (a key inside a key block); each pass only adds asterisks, two almost always suffice. */
const MAX_PASSES = 12;

function maskOnce(text: string): string {
  const mask = createMask(text);
  maskPrivateKeys(text, mask);
  maskSecretObjects(text, mask);
  maskKeyedValues(text, mask);
  maskTokens(text, mask);
  maskUrlCredentials(text, mask);
  return mask.apply();
}

const MAX_DEPTH = 64;
const TOO_DEEP = '***';

/**
 * The JSON value with every string redacted; values of sensitive keys and of `kind: Secret` objects are masked whole. Parts nested deeper
 * than 64 levels are replaced by `***`. Keys are kept. What needs no masking is handed back as it is, the rest is copied; nothing is changed in place.
 */
export function redactJson<T>(value: T): T {
  const known = new Map<string, boolean>();
  const sensitive = (key: string): boolean => {
    const answer = known.get(key) ?? isSensitiveKey(key);
    known.set(key, answer);
    return answer;
  };
  return redactValue(value, 0, false, sensitive) as T;
}

type Sensitive = (key: string) => boolean;

function redactValue(value: unknown, depth: number, wholly: boolean, sensitive: Sensitive): unknown {
  if (typeof value === 'string') return wholly ? '*'.repeat(value.length) : redact(value);
  if (value === null || typeof value !== 'object') return value;
  if (depth >= MAX_DEPTH) return TOO_DEEP;
  const isSecret = 'kind' in value && value.kind === 'Secret';
  let copy: object | undefined;
  for (const [key, item] of Object.entries(value)) {
    const secret = typeof item === 'string' && sensitive(key) && looksLikeSecretValue(item);
    const whole = wholly || secret || key === 'stringData' || (isSecret && key === 'data');
    const masked = redactValue(item, depth + 1, whole, sensitive);
    if (masked === item) continue;
    copy ??= Array.isArray(value) ? [...value] : { ...value };
    // Defined, not assigned: a payload may have a member called __proto__.
    Object.defineProperty(copy, key, { value: masked, writable: true, enumerable: true, configurable: true });
  }
  return copy ?? value;
}
