import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configurationJsonSchema, type JsonSchema } from './json-schema.ts';
import { parseConfiguration } from './parse.ts';
import { DEFAULT_SETTINGS } from './settings.ts';

const page = readFileSync(new URL('../../../docs/reference/configuration.md', import.meta.url), 'utf8');

function leaves(schema: JsonSchema, path: string): readonly string[] {
  if (!schema.properties) return [path];
  return Object.entries(schema.properties).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`));
}

describe('shared settings', () => {
  it('nothing is written unless somebody says so', () => {
    expect(DEFAULT_SETTINGS).toMatchObject({ mode: 'dry-run', labels: { create: false } });
  });

  it('the reference page lists exactly the settings there are', () => {
    const documented = [...page.matchAll(/^\| `([A-Za-z.]+)`/gm)].map(([, key]) => key);
    expect(documented).toEqual(leaves(configurationJsonSchema([]), ''));
  });

  it('the example of the reference page is valid once its handlers exist', () => {
    const text = /```yaml\n([^`]*)```/.exec(page)?.[1] ?? '';
    const errors = parseConfiguration(text, []);
    expect(errors.ok ? [] : errors.errors.map(({ message }) => message)).toEqual(
      ['label', 'answer', 'commands', 'label-guard', 'config-check'].map((name) => `unknown key ${name} in the file`),
    );
  });
});
