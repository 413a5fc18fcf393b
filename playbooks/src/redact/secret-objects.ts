import { indentOf, maskIndentedBelow } from './keyed-values.ts';
import type { Mask } from './mask.ts';

/**
 * Values below `data:` and `stringData:` of Secrets, in YAML (also quoted below other text) and in JSON (also inside strings, as
 * `last-applied-configuration` holds it). `data` of other kinds stays, except values that are base64 and of no declared kind.
 */
export function maskSecretObjects(text: string, mask: Mask): void {
  if (!text.includes('ata')) return;
  maskYaml(text, mask);
  maskJson(text, mask);
}

function maskYaml(text: string, mask: Mask): void {
  let document: DataBlock[] = [];
  let kinds = '';
  const flush = (): void => {
    const secret = kinds.includes(' Secret ');
    for (const block of document)
      maskBlock(text, block, secret ? 'all' : block.key === 'stringData' ? 'all' : kinds === '' ? 'base64' : 'none', mask);
    document = [];
    kinds = '';
  };
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end).trimEnd();
    const bare = line.trimStart().replace(/^- {1,4}/, '');
    if (bare === '---' || bare.startsWith('```')) flush();
    else if (bare.startsWith('kind:')) kinds += ` ${bare.slice(5).trim().replace(/["']/g, '')} `;
    else if (bare === 'data:' || bare === 'stringData:')
      document.push({ key: bare.slice(0, -1), indent: line.length - bare.length, start: end + 1 });
    start = end + 1;
  }
  flush();
}

type DataBlock = { key: string; indent: number; start: number };

function maskBlock(text: string, block: DataBlock, what: 'all' | 'base64' | 'none', mask: Mask): void {
  if (what === 'none') return;
  let entry: number | undefined;
  for (let start = block.start; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end);
    const indent = indentOf(line);
    if (line.trim() !== '') {
      if (indent <= block.indent) return;
      entry ??= indent;
      const colon = indent === entry ? line.indexOf(':', indent) : -1;
      const from = colon < 0 ? indent : colon + 1 + (line[colon + 1] === ' ' ? 1 : 0);
      const value = line.slice(from).trim();
      const isBlock = colon >= 0 && /^[|>]/.test(value);
      if (value !== '' && !isBlock && (what === 'all' || isBase64(value))) mask.hide(start + from, end);
      if (isBlock && what === 'all') maskIndentedBelow(text, end + 1, indent, mask);
    }
    start = end + 1;
  }
}

function isBase64(value: string): boolean {
  const bare = value.replace(/["']/g, '');
  return bare.length >= 20 && bare.length % 4 === 0 && /^[A-Za-z0-9+/=]+$/.test(bare) && /[A-Z]/.test(bare) && /[a-z]/.test(bare);
}

function maskJson(text: string, mask: Mask): void {
  const secret = /"kind\\?"[ \t]{0,4}:[ \t]{0,4}\\?"Secret\\?"/.test(text);
  let [string, data] = [text.indexOf('"stringData'), secret ? text.indexOf('"data') : -1];
  while (string >= 0 || data >= 0) {
    const next = data < 0 ? string : string < 0 ? data : Math.min(string, data);
    const open = text.slice(next, next + 32).indexOf('{');
    const at = open < 0 ? next + 5 : maskFlowValues(text, next + open + 1, mask);
    // What is not there is not looked for again, else many small objects would read the whole text each.
    if (string >= 0 && string < at) string = text.indexOf('"stringData', at);
    if (data >= 0 && data < at) data = text.indexOf('"data', at);
  }
}

/** Hides string values up to the closing brace; yields where it stopped. Every character is read once. */
function maskFlowValues(text: string, from: number, mask: Mask): number {
  let depth = 1;
  let afterColon = false;
  let at = from;
  for (; at < text.length && depth > 0; at++) {
    const char = text[at];
    if (char === '{') depth += 1;
    else if (char === '}') depth -= 1;
    else if (char === ':') afterColon = true;
    else if (char === ',') afterColon = false;
    else if (char === '"') {
      const escaped = text[at - 1] === '\\';
      const start = at + 1;
      at = endOfString(text, start, escaped);
      if (afterColon) mask.hide(start, escaped && text[at - 1] === '\\' ? at - 1 : at);
    }
  }
  return at;
}

function endOfString(text: string, from: number, escaped: boolean): number {
  let at = from;
  while (at < text.length) {
    if (text[at] === '"' && (escaped || text[at - 1] !== '\\')) return at;
    at += 1;
  }
  return at;
}
