import { OcmError } from '../error.ts';
import { type JsonObject, type JsonPath, printPath } from './json.ts';
import { type Span, walkJson } from './json-text.ts';
import { composeDescriptor, type DescriptorDocument, parseDescriptor } from './parse.ts';
import { decodeText } from './text.ts';

/** A new `access` for one resource or source, by its index in the list. */
export interface AccessPatch {
  readonly list: 'resources' | 'sources';
  readonly index: number;
  readonly access: JsonObject & { readonly type: string };
}

/**
 * Replaces `access` of some elements and nothing else. In a JSON document every other byte stays, so that signatures, unknown members and
 * the spelling of numbers survive; a YAML document becomes JSON with the same values. Without patches the document itself is returned.
 * Throws `ELEMENT_NOT_FOUND` for an element that is not there.
 */
export function patchAccess(document: DescriptorDocument, patches: readonly AccessPatch[]): DescriptorDocument {
  if (patches.length === 0) return document;
  const source = document.format === 'json' ? document : composeDescriptor(document.value);
  const text = decodeText(source.bytes);
  const top = document.descriptor.schemaVersion === 'v2' ? 'component' : 'spec';
  const wanted = new Map(patches.map(({ list, index, access }) => [printPath([top, list, index]), access]));
  const edits = findEdits(text, wanted);
  if (edits.length < wanted.size) {
    throw new OcmError(
      'ELEMENT_NOT_FOUND',
      `access cannot be replaced in ${[...wanted.keys()].join(', ')}: not all of them are in the descriptor`,
    );
  }
  let result = '';
  let end = 0;
  for (const edit of edits.sort((a, b) => a.start - b.start)) {
    result += text.slice(end, edit.start) + edit.replacement;
    end = edit.end;
  }
  return parseDescriptor(new TextEncoder().encode(result + text.slice(end)), { format: 'json' });
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** One edit for each wanted element: of its `access`, or at its opening brace when it has none. */
function findEdits(text: string, wanted: ReadonlyMap<string, JsonObject>): Edit[] {
  const accesses = new Map<string, Span>();
  const edits: Edit[] = [];
  walkJson(text, (span) => {
    const { path } = span;
    if (path.length === ELEMENT_DEPTH + 1 && path.at(-1) === 'access') accesses.set(printPath(path.slice(0, -1)), span);
    if (path.length !== ELEMENT_DEPTH) return;
    const access = wanted.get(printPath(path));
    if (access === undefined) return;
    const old = accesses.get(printPath(path));
    edits.push(old === undefined ? insertion(text, span, access) : { start: old.start, end: old.end, replacement: JSON.stringify(access) });
  });
  return edits;
}

/** `component.resources[0]` */
const ELEMENT_DEPTH: JsonPath['length'] = 3;

function insertion(text: string, { start, end }: Span, access: JsonObject): Edit {
  const empty = text.slice(start + 1, end - 1).trim() === '';
  return { start: start + 1, end: start + 1, replacement: `"access":${JSON.stringify(access)}${empty ? '' : ','}` };
}
