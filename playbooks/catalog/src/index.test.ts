import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Local files reachable from a file through import and export statements, and everything else they import. */
function reach(file: string, seen = new Set<string>(), outside = new Set<string>()): { seen: Set<string>; outside: Set<string> } {
  if (seen.has(file)) return { seen, outside };
  seen.add(file);
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  for (const [, name = ''] of text.matchAll(/^(?:import|export|\}) ?[^'\n]*from '([^']+)'/gm)) {
    if (name.startsWith('./')) reach(name, seen, outside);
    else outside.add(name);
  }
  return { seen, outside };
}

it('lets a browser import the catalogue: only zod, yaml and semver, nothing of Node', () => {
  const { seen, outside } = reach('./index.ts');
  expect([...outside].toSorted()).toEqual(['semver', 'yaml', 'zod']);
  expect(seen).toContain('./parse.ts');
  expect(seen).not.toContain('./load.ts');
});

it('keeps the file system to the loader', () => {
  expect([...reach('./load.ts').outside].toSorted()).toEqual(['node:fs', 'node:url', 'semver', 'yaml', 'zod']);
});
