import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CATALOG_FILES, Catalog, type CatalogPart, catalogJsonSchema } from './catalog.ts';
import { CatalogError, loadCatalog } from './load.ts';

const DATA = fileURLToPath(new URL('../data/', import.meta.url));
const PARTS = Object.keys(CATALOG_FILES) as CatalogPart[];
let copy = '';

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'catalog-'));
  cpSync(DATA, copy, { recursive: true });
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

function failureAfter(part: CatalogPart, find: string, replace: string): CatalogError {
  const path = join(copy, CATALOG_FILES[part]);
  const text = readFileSync(path, 'utf8');
  expect(text.includes(find), `${part} no longer holds: ${find}`).toBe(true);
  writeFileSync(path, text.replace(find, replace));
  try {
    loadCatalog(copy);
  } catch (error) {
    if (error instanceof CatalogError) return error;
    throw error;
  }
  throw new Error('the catalogue was accepted');
}

function lineOfText(part: CatalogPart, text: string): number {
  return readFileSync(join(DATA, CATALOG_FILES[part]), 'utf8').split(text)[0]!.split('\n').length;
}

describe('the catalogue', () => {
  it('loads, and survives the way to a browser as JSON', () => {
    const catalog = loadCatalog();
    expect(Catalog.parse(JSON.parse(JSON.stringify(catalog)))).toEqual(catalog);
  });

  it.each(PARTS)('%s agrees with the JSON schema it publishes', (part) => {
    const validator = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
    formats.default(validator);
    const validate = validator.compile(catalogJsonSchema(part));
    const data: unknown = parse(readFileSync(join(DATA, CATALOG_FILES[part]), 'utf8'));
    expect(validate(data), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...(data as object), surprise: 1 })).toBe(false);
  });

  it.each(PARTS)('refuses an unknown key in %s with its place', (part) => {
    const schemaVersion = part === 'tested' ? '"schemaVersion": 1,' : 'schemaVersion: 1\n';
    const extra = part === 'tested' ? '"schemaVersion": 1, "surprise": 1,' : 'schemaVersion: 1\nsurprise: 1\n';
    expect(failureAfter(part, schemaVersion, extra)).toMatchObject({
      code: 'INVALID',
      file: `playbooks/catalog/data/${CATALOG_FILES[part]}`,
      remedy: expect.stringContaining('"surprise"'),
    });
  });

  it('names a missing file', () => {
    rmSync(join(copy, 'labels.yaml'));
    expect(() => loadCatalog(copy)).toThrowError(
      expect.objectContaining({ code: 'UNREADABLE', file: 'playbooks/catalog/data/labels.yaml' }),
    );
  });
});

describe('references between files', () => {
  it.each([
    ['a pause on an undeclared label', 'sla', 'label: dev/blocked', 'label: dev/blokced', /dev\/blokced.*labels\.yaml/],
    ['a stop label that nobody declared', 'sla', '[triage/accepted,', '[triage/done,', /triage\/done/],
    ['a calendar that does not exist', 'sla', 'calendar: sig-runtime-berlin', 'calendar: elsewhere', /elsewhere/],
    ['a pause that spares no target', 'sla', 'except: [author-reply]', 'except: [nobody]', /nobody/],
    ['a label without a group', 'labels', 'group: sig,', 'group: sigs,', /sigs/],
    ['a retired label with an unknown successor', 'labels', 'kind/bug: kind/bugfix', 'kind/bug: kind/gone', /kind\/gone/],
    ['a label listed twice', 'labels', 'name: "area/kro"', 'name: "area/flux"', /area\/flux.*twice/],
    ['a reason on an undeclared condition', 'reasons', 'condition: TransferInProgress', 'condition: Transferring', /Transferring/],
    ['a release out of order', 'versions', 'version: 0.13.0,', 'version: 0.1.0,', /out of order/],
  ] as const)('catches %s, with its line', (_, part, find, replace, problem) => {
    const error = failureAfter(part, find, replace);
    expect(error).toMatchObject({
      code: 'REFERENCE',
      message: expect.stringMatching(problem),
      file: `playbooks/catalog/data/${CATALOG_FILES[part]}`,
    });
    expect(Math.abs(error.line - lineOfText(part, find))).toBeLessThanOrEqual(part === 'reasons' ? 3 : 1);
  });

  it.each([
    ['a playbook that does not exist', 'reasons', 'playbook: PB-003', 'playbook: PB-036', /PB-035/],
    ['a range that is none', 'reported', 'kro: "0.8.1"', 'kro: "newest"', /range/],
    ['an entry without sources', 'reported', 'sources: [open-component-model/ocm-controller@ab77285]', 'sources: []', /sources/],
    ['a version with a leading v', 'versions', 'version: 0.13.0,', 'version: v0.13.0,', /exact version/],
    ['a holiday of another year', 'calendar', '"2026-05-14"', '"2025-05-14"', /years/],
    ['a duration without a unit', 'sla', 'within: 2bd', "within: '2'", /duration/],
    ['a cause with playbook and normal', 'reasons', 'playbook: PB-003 }', 'playbook: PB-003, normal: true }', /either/],
  ] as const)('refuses %s', (_, part, find, replace, problem) => {
    const error = failureAfter(part, find, replace);
    expect(error).toMatchObject({ code: 'INVALID', message: expect.stringMatching(problem) });
    expect(Math.abs(error.line - lineOfText(part, find))).toBeLessThanOrEqual(1);
  });
});
