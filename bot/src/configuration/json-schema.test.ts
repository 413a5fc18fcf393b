import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { configurationJsonSchema } from './json-schema.ts';
import { LabelName } from './label-name.ts';
import { parseConfiguration } from './parse.ts';

const handlers = [
  { name: 'label', options: z.strictObject({ label: LabelName.default('sig/runtime'), limit: z.number().max(5).optional() }) },
];
const ajv = new Ajv2020({ strict: false, validateFormats: false });
const validate = ajv.compile(configurationJsonSchema(handlers));

describe('the published JSON schema', () => {
  it.each<[string, boolean]>([
    ['version: 1', true],
    ['version: 1\nlabel:', true],
    ['version: 1\nlabel: false', true],
    ['version: 1\nlabel: { label: x, limit: 3 }', true],
    ['version: 1\nlabel: { limit: 9 }', false],
    ['version: 1\nlabel: { unknown: 1 }', false],
    ['version: 1\nunknown: {}', false],
    ['version: 3', false],
    ['mode: active', false],
    ['version: 1\nmode: shadow\nmaintainers: { teams: [acme/sig] }', true],
  ])('agrees with the parser on %j', (text, valid) => {
    expect(validate(parse(text))).toBe(valid);
    expect(parseConfiguration(text, handlers).ok).toBe(valid);
  });

  it('describes every shared setting', () => {
    const { properties } = configurationJsonSchema(handlers);
    expect(Object.keys(properties ?? {})).toEqual(['version', 'mode', 'labels', 'maintainers', 'noise', 'label']);
    expect(properties?.mode).toMatchObject({ enum: ['dry-run', 'shadow', 'active'], default: 'dry-run' });
  });
});
