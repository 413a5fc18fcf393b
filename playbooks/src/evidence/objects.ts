import type { Evidence } from '../types.ts';
import type { Pair } from './pairs.ts';
import { groupOfApiVersion, groupOfKind } from './vocabulary.ts';

export type ObjectRef = NonNullable<Evidence['object']>;
/** An object (or the reference to one) read from adjacent `apiVersion`/`kind` pairs, valid from its line on. */
export type FoundObject = { ref: ObjectRef; indent: number; line: number; start: number; end: number };

/** Objects in reading order. A `kind` without `apiVersion` counts too; lists and what sits deeper (owner references) do not. */
export function readObjects(pairs: readonly Pair[]): FoundObject[] {
  const objects: FoundObject[] = [];
  pairs.forEach((pair, at) => {
    if (pair.key !== 'kind' || !/^[A-Z][A-Za-z0-9]{2,60}$/.test(pair.value) || pair.value.endsWith('List')) return;
    const api = [pairs[at - 1], pairs[at - 2], pairs[at + 1]].find(
      (near) => near?.key === 'apiVersion' && Math.abs(near.line - pair.line) <= 2,
    );
    const group = api ? groupOfApiVersion(api.value) : groupOfKind(pair.value);
    const indent = Math.min(pair.indent, api?.indent ?? pair.indent);
    const ref: ObjectRef = { kind: pair.value, ...(group ? { group } : {}), ...names(pairs, at) };
    objects.push({
      ref,
      indent,
      line: Math.min(pair.line, api?.line ?? pair.line),
      start: Math.min(pair.start, api?.start ?? pair.start),
      end: pair.end,
    });
  });
  return objects;
}

/** `name`/`namespace` of the metadata block: the next such pairs, or in `kubectl describe` those just before. */
function names(pairs: readonly Pair[], at: number): { name?: string; namespace?: string } {
  const kind = pairs[at] as Pair;
  const near = [...pairs.slice(at + 1, at + 6), ...pairs.slice(Math.max(0, at - 4), at)];
  const pick = (key: string): string | undefined =>
    near.find((pair) => pair.key === key && Math.abs(pair.line - kind.line) <= 12 && /^[a-z0-9.-]{1,253}$/.test(pair.value))?.value;
  const name = pick('name');
  const namespace = pick('namespace');
  return { ...(name ? { name } : {}), ...(namespace ? { namespace } : {}) };
}

/** The object a fact at this line and indentation belongs to: the nearest one above with the least indentation. */
export function ownerOf(objects: readonly FoundObject[], line: number, indent: number): ObjectRef | undefined {
  let owner: FoundObject | undefined;
  for (let at = objects.length - 1; at >= 0; at--) {
    const object = objects[at] as FoundObject;
    if (object.line > line || object.indent > indent) continue;
    if (!owner || object.indent < owner.indent) owner = object;
    if (owner.indent <= 2 || line - object.line > 400) break;
  }
  return owner?.ref;
}
