import { describe, expect, it } from 'vitest';
import { parseDescriptor } from './parse.ts';
import { patchAccess } from './patch-access.ts';

const text = `{ "component": {"name": "acme.org/app","version":"1.0.0","provider":"p", "odd": 1.50, "big": 12345678901234567890,
  "resources": [ {"name":"a","access" : {"type":"old","access":{"type":"inner"}},"x":"\\u00fc"}, {"name":"b"} ],
  "sources": [{"access":null,"name":"s"}]}, "meta":{"schemaVersion":"v2"}}\n`;
const document = parseDescriptor(new TextEncoder().encode(text));
const written = (patched: { readonly bytes: Uint8Array }) => new TextDecoder().decode(patched.bytes);

describe('replacing the access of elements', () => {
  it('changes that and not one byte more', () => {
    const patched = patchAccess(document, [
      { list: 'sources', index: 0, access: { type: 'git' } },
      { list: 'resources', index: 0, access: { type: 'new', n: 1 } },
    ]);
    expect(written(patched)).toBe(
      text.replace('{"type":"old","access":{"type":"inner"}}', '{"type":"new","n":1}').replace('null', '{"type":"git"}'),
    );
    expect(patched.descriptor.resources[0]?.access).toEqual({ type: 'new', n: 1 });
  });

  it('adds it where there was none', () => {
    const patched = patchAccess(document, [{ list: 'resources', index: 1, access: { type: 'new' } }]);
    expect(written(patched)).toBe(text.replace('{"name":"b"}', '{"access":{"type":"new"},"name":"b"}'));
  });

  it('without patches gives the document itself', () => {
    expect(patchAccess(document, [])).toBe(document);
  });

  it('turns YAML into JSON with the same values', () => {
    const yaml = parseDescriptor(
      new TextEncoder().encode(
        'meta: {schemaVersion: v2}\ncomponent: {name: a, version: "1.10", provider: p, resources: [{name: r, access: {type: x}}]}\n',
      ),
    );
    const patched = patchAccess(yaml, [{ list: 'resources', index: 0, access: { type: 'y' } }]);
    expect(JSON.parse(written(patched))).toEqual({
      meta: { schemaVersion: 'v2' },
      component: { name: 'a', version: '1.10', provider: 'p', resources: [{ name: 'r', access: { type: 'y' } }] },
    });
  });

  it('an element that is not there is refused', () => {
    expect(() => patchAccess(document, [{ list: 'resources', index: 2, access: { type: 'x' } }])).toThrow(
      expect.objectContaining({ code: 'ELEMENT_NOT_FOUND' }),
    );
  });
});
