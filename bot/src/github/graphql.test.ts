import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLSchema, isInputObjectType, isInterfaceType, isObjectType, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { documents } from './graphql.ts';

const load = (url: URL) => buildSchema(readFileSync(url, 'utf8'), { assumeValid: true });
const published = load(new URL('./schema.graphql', import.meta.resolve('@octokit/graphql-schema')));
const embedded = load(new URL('../testing/github/schema.graphql', import.meta.url));

describe.each([
  ['the schema that GitHub publishes', published],
  ['the schema of the embedded GitHub', embedded],
])('every document is valid against %s', (_name, schema) => {
  it.each(Object.entries(documents))('%s', (_document, text) => {
    expect(validate(schema, parse(text)).map((error) => error.message)).toEqual([]);
  });
});

describe('the schema of the embedded GitHub', () => {
  it('has no field that GitHub does not have, and each with the same type', () => {
    const theirs = fieldsOf(published);
    const different = [...fieldsOf(embedded)].filter(([name, type]) => theirs.get(name) !== type);
    expect(different).toEqual([]);
  });
});

function fieldsOf(schema: GraphQLSchema): ReadonlyMap<string, string> {
  const types = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith('__'));
  return new Map(
    types.flatMap((type) =>
      isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
        ? Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, String(field.type)] as const)
        : [],
    ),
  );
}
