import type { Mask } from './mask.ts';

/** PEM blocks whose label says PRIVATE KEY: everything between the header and the footer (or the end of the text). */
export function maskPrivateKeys(text: string, mask: Mask): void {
  const BEGIN = '-----BEGIN ';
  for (let at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + BEGIN.length)) {
    const label = text.slice(at + BEGIN.length, at + BEGIN.length + 60);
    const labelEnd = label.indexOf('-----');
    if (labelEnd < 0 || !label.slice(0, labelEnd).includes('PRIVATE KEY')) continue;
    const start = at + BEGIN.length + labelEnd + 5;
    const footer = text.indexOf('-----END ', start);
    const end = footer < 0 ? text.length : footer;
    mask.hide(start, end);
    at = end - BEGIN.length;
  }
}

const PREFIXES = ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_', 'glpat-', 'xoxa-', 'xoxb-', 'xoxp-', 'xoxr-', 'xoxs-', 'npm_', 'dckr_pat_', 'hvs.', 'pypi-', 'AIza', 'sk-']; // biome-ignore format: one row
const AWS_PREFIXES = ['AKIA', 'ASIA'];
const JWT_PREFIX = 'eyJ';
const MIN_TOKEN = 16;

const TOKEN_START = new RegExp([...PREFIXES, ...AWS_PREFIXES, JWT_PREFIX].map((prefix) => RegExp.escape(prefix)).join('|'));

/** Whether any token that is known by its start can be in the text. One pass over the text. */
export const mayHoldToken = (text: string): boolean => TOKEN_START.test(text);

/** Tokens that give themselves away by shape: known prefixes, AWS key ids, JSON Web Tokens, what follows `Bearer` or `Basic`. */
export function maskTokens(text: string, mask: Mask): void {
  for (const prefix of PREFIXES) {
    eachRun(text, prefix, isTokenChar, (run) => run.length >= prefix.length + MIN_TOKEN && /\d/.test(run), mask);
  }
  for (const prefix of AWS_PREFIXES) eachRun(text, prefix, isTokenChar, (run) => /^[A-Z0-9]{20}$/.test(run), mask);
  eachRun(text, JWT_PREFIX, (code) => isTokenChar(code) || code === DOT || isBase64Only(code), looksLikeJwt, mask);
  const lower = text.toLowerCase();
  if (lower.length !== text.length) return;
  maskScheme(text, lower, 'bearer ', (run) => run.length >= MIN_TOKEN && !run.startsWith('realm'), mask);
  maskScheme(text, lower, 'basic ', isBase64Pair, mask);
}

const DOT = 46;

/** Letters, digits, `_` and `-`. */
function isTokenChar(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 45;
}

/** `+`, `/`, `=` and `~`. */
const isBase64Only = (code: number): boolean => code === 43 || code === 47 || code === 61 || code === 126;

const looksLikeJwt = (run: string): boolean =>
  run.length >= 40 || (run.length >= 12 && run.indexOf('.') >= 4 && run.indexOf('.') < run.length - 4);

/** Hides each run of characters that starts with `prefix` at a word start and fits. Goes on behind the run: linear. */
function eachRun(text: string, prefix: string, inRun: (code: number) => boolean, fits: (run: string) => boolean, mask: Mask): void {
  for (let at = text.indexOf(prefix); at >= 0; at = text.indexOf(prefix, at)) {
    const end = runEnd(text, at, inRun, prefix.length);
    if ((at === 0 || !isTokenChar(text.charCodeAt(at - 1))) && fits(text.slice(at, end))) mask.hide(at, end);
    at = Math.max(end, at + 1);
  }
}

function runEnd(text: string, from: number, inRun: (code: number) => boolean, skip = 0): number {
  let end = from + skip;
  while (end < text.length && inRun(text.charCodeAt(end))) end += 1;
  return end;
}

function maskScheme(text: string, lower: string, scheme: string, fits: (run: string) => boolean, mask: Mask): void {
  for (let at = lower.indexOf(scheme); at >= 0; at = lower.indexOf(scheme, at)) {
    const start = at + scheme.length;
    const end = runEnd(text, start, (code) => isTokenChar(code) || code === DOT || isBase64Only(code));
    if (fits(text.slice(start, end))) mask.hide(start, end);
    at = Math.max(end, start);
  }
}

function isBase64Pair(word: string): boolean {
  if (word.length < 8 || word.length > 4096) return false;
  try {
    return atob(word).includes(':');
  } catch {
    return false;
  }
}

const MAX_USER_INFO = 256;
const MAX_HOST = 253;

/** `user:password@` in URLs, and e-mail addresses. Looks at most 256 characters to each side, hence linear. */
export function maskUrlCredentials(text: string, mask: Mask): void {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > 0 && at - start < MAX_USER_INFO && isUserInfo(text.charCodeAt(start - 1))) start -= 1;
    if (start === at) continue;
    if (text.startsWith('://', start - 3)) mask.hide(start, at);
    else {
      const end = hostEnd(text, at + 1);
      if (end > at + 1) mask.hide(Math.max(start, at - 64), end);
    }
  }
}

/** Anything but blanks, quotes, brackets and separators that end a URL's user info. */
const isUserInfo = (code: number): boolean => code > 32 && (code >= 128 || ENDS_USER_INFO[code] === 0);

const ENDS_USER_INFO = new Uint8Array(128);
for (const char of '"\'<>(),;|`[]{}@/') ENDS_USER_INFO[char.charCodeAt(0)] = 1;

/** End of a host name with an alphabetic last label, or `from` when there is none (digests, versions and mentions are no hosts). */
function hostEnd(text: string, from: number): number {
  const isHostChar = (code: number): boolean => (isTokenChar(code) && code !== 95) || code === DOT;
  const limit = Math.min(text.length, from + MAX_HOST);
  let end = from;
  while (end < limit && isHostChar(text.charCodeAt(end))) end += 1;
  while (end > from && (text[end - 1] === '.' || text[end - 1] === '-')) end -= 1;
  const labels = text.slice(from, end).split('.');
  const isHost =
    labels.length >= 2 && /^[A-Za-z]{2,24}$/.test(labels.at(-1) ?? '') && !/^v?\d/.test(labels[0] ?? '') && !labels.includes('');
  return isHost ? end : from;
}
