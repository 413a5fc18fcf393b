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

const PREFIXES = ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_', 'glpat-', 'xoxa-', 'xoxb-', 'xoxp-', 'xoxr-', 'xoxs-', 'npm_', 'dckr_pat_', 'hvs', 'pypi-', 'AIza', 'sk-']; // biome-ignore format: one row
const MIN_TOKEN = 16;

/** Tokens that give themselves away by shape: known prefixes, AWS key ids, JSON Web Tokens, what follows `Bearer` or `Basic`. */
export function maskTokens(text: string, mask: Mask): void {
  let previous = { text: '', end: -1 };
  let jwtStart = -1;
  let jwtParts = 0;
  for (const found of text.matchAll(/[A-Za-z0-9_+/=~-]+/g)) {
    const word = found[0];
    const start = found.index;
    const end = start + word.length;
    const glued = jwtStart >= 0 && text[start - 1] === '.' && start - 1 === previous.end;
    if (glued) jwtParts += 1;
    else {
      jwtStart = word.startsWith('eyJ') && word.length >= 10 ? start : -1;
      jwtParts = 1;
    }
    if (jwtStart >= 0 && jwtParts >= 2) mask.hide(jwtStart, end);
    if (jwtStart >= 0 && word.length >= 40) mask.hide(start, end);
    const at = tokenStart(word);
    if (at >= 0) mask.hide(start + at, end);
    const scheme = start - previous.end === 1 ? previous.text.toLowerCase() : '';
    if ((scheme === 'bearer' && word.length >= MIN_TOKEN) || (scheme === 'basic' && isBase64Pair(word)))
      mask.hide(start, tokenEnd(text, end));
    previous = { text: word.slice(-12), end };
  }
}

/** A bearer credential goes on over dots. Bounded, so that repeated schemes stay linear. */
function tokenEnd(text: string, from: number): number {
  let end = from;
  const limit = Math.min(text.length, from + 4096);
  while (end < limit && /[A-Za-z0-9._~+/=-]/.test(text[end] as string)) end += 1;
  return end;
}

function tokenStart(word: string): number {
  for (const prefix of PREFIXES) {
    const at = word.indexOf(prefix);
    const free = at === 0 || (at > 0 && /[=/+~]/.test(word[at - 1] as string));
    if (free && word.length - at - prefix.length >= MIN_TOKEN && /\d/.test(word.slice(at))) return at;
  }
  for (const prefix of ['AKIA', 'ASIA']) {
    const at = word.indexOf(prefix);
    if (at >= 0 && /^[A-Z0-9]{20}$/.test(word.slice(at, at + 20))) return at;
  }
  return -1;
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

/** `user:password@` in URLs, and e-mail addresses. Looks at most 256 characters to each side, hence linear. */
export function maskUrlCredentials(text: string, mask: Mask): void {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > 0 && at - start < MAX_USER_INFO && !/[\s"'<>(),;|`[\]{}@/]/.test(text[start - 1] as string)) start -= 1;
    if (text.slice(Math.max(0, start - 3), start) === '://') {
      if (start < at) mask.hide(start, at);
      continue;
    }
    const end = domainEnd(text, at + 1);
    const from = localStart(text, start, at);
    if (end > at + 1 && from < at) mask.hide(from, end);
  }
}

function localStart(text: string, from: number, at: number): number {
  let start = at;
  while (start > from && at - start < 64 && /[A-Za-z0-9._%+-]/.test(text[start - 1] as string)) start -= 1;
  return start;
}

/** End of a host name with an alphabetic last label, or `from` when there is none (digests, versions and mentions are no hosts). */
function domainEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && end - from < 253 && /[A-Za-z0-9.-]/.test(text[end] as string)) end += 1;
  while (end > from && /[.-]/.test(text[end - 1] as string)) end -= 1;
  const labels = text.slice(from, end).split('.');
  const last = labels.at(-1) ?? '';
  const isHost =
    labels.length >= 2 && /^[A-Za-z]{2,24}$/.test(last) && !/^v?\d/.test(labels[0] ?? '') && labels.every((label) => label !== '');
  return isHost ? end : from;
}
