/**
 * Cuts the operations the bot uses, and only the schemas they need, out of GitHub's OpenAPI description and turns them into
 * JSON Schema for ajv. Run after `npm pack @octokit/openapi@23.0.2` was unpacked somewhere:
 *
 *   node bot/scripts/extract-openapi.ts <package>/generated/api.github.com.json
 */
import { readFileSync, writeFileSync } from 'node:fs';

type Json = { [key: string]: unknown };

const wanted: readonly string[] = [
  'GET /app',
  'GET /app/installations',
  'POST /app/installations/{installation_id}/access_tokens',
  'GET /app/hook/deliveries',
  'GET /app/hook/deliveries/{delivery_id}',
  'POST /app/hook/deliveries/{delivery_id}/attempts',
  'POST /app-manifests/{code}/conversions',
  'GET /installation/repositories',
  'GET /orgs/{org}/teams/{team_slug}/members',
  'GET /repos/{owner}/{repo}/issues',
  'POST /repos/{owner}/{repo}/issues',
  'GET /repos/{owner}/{repo}/issues/{issue_number}',
  'PATCH /repos/{owner}/{repo}/issues/{issue_number}',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/assignees',
  'DELETE /repos/{owner}/{repo}/issues/{issue_number}/assignees',
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/reactions',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/labels',
  'PUT /repos/{owner}/{repo}/issues/{issue_number}/labels',
  'DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}',
  'GET /repos/{owner}/{repo}/labels',
  'POST /repos/{owner}/{repo}/labels',
  'GET /repos/{owner}/{repo}/labels/{name}',
  'PATCH /repos/{owner}/{repo}/labels/{name}',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}',
  'POST /repos/{owner}/{repo}/pulls',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/files',
  'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
  'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
  'GET /repos/{owner}/{repo}/contents/{path}',
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
  'POST /repos/{owner}/{repo}/check-runs',
  'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
];

const dropped: ReadonlySet<string> = new Set([
  'description',
  'example',
  'examples',
  'externalDocs',
  'deprecated',
  'title',
  'default',
  'discriminator',
  'readOnly',
]);

/** Where the description contradicts itself: there the account of an installation would have to be a user and an enterprise at once. */
const corrections: Readonly<Record<string, Json>> = {
  'apps/list-installations': { type: 'array', items: { $ref: '#/components/schemas/installation' } },
};

const [source] = process.argv.slice(2);
if (!source) throw new Error('give the path of api.github.com.json');
const description = JSON.parse(readFileSync(source, 'utf8')) as Json;
const needed = new Set<string>();

const operations = wanted.map((name) => {
  const [method = '', path = ''] = name.split(' ');
  const operation = at(at(at(description, 'paths'), path), method.toLowerCase());
  if (!operation.operationId) throw new Error(`${name} is not in the description`);
  const responses = Object.entries(at(operation, 'responses')).filter(([status]) => /^2\d\d$/.test(status));
  const parameters = ((operation.parameters ?? []) as Json[]).map(resolved).filter((parameter) => parameter.in === 'query');
  return {
    id: operation.operationId,
    method,
    path,
    query: parameters.map((parameter) => parameter.name),
    request: schemaOf(at(operation, 'requestBody')) ?? null,
    responses: Object.fromEntries(responses.map(([status, response]) => [status, answerOf(operation, response as Json)])),
  };
});

const definitions: Json = {};
for (let pending = [...needed]; pending.length > 0; pending = [...needed].filter((name) => !(name in definitions))) {
  for (const name of pending) definitions[name] = convert(at(at(at(description, 'components'), 'schemas'), name));
}

const note =
  "Extract of GitHub's OpenAPI description (npm package @octokit/openapi 23.0.2, MIT licence, Copyright GitHub), as JSON Schema. Made by bot/scripts/extract-openapi.ts; do not edit.";
const target = new URL('../src/testing/github/openapi/github.json', import.meta.url);
writeFileSync(target, `${JSON.stringify({ note, operations, definitions })}\n`);

function at(value: Json, key: string): Json {
  return (value[key] ?? {}) as Json;
}

function resolved(value: Json): Json {
  if (typeof value.$ref !== 'string') return value;
  return value.$ref
    .split('/')
    .slice(1)
    .reduce<Json>((inner, key) => at(inner, key), description);
}

function answerOf(operation: Json, response: Json): unknown {
  const corrected = corrections[String(operation.operationId)];
  return corrected ? convert(corrected) : (schemaOf(resolved(response)) ?? null);
}

/** Schema of a JSON body, if there is one. */
function schemaOf(body: Json): unknown {
  const content = at(body, 'content');
  const json = at(content, 'application/json');
  return json.schema ? convert(json.schema) : undefined;
}

/** OpenAPI 3.0 to JSON Schema: `nullable` becomes a type, references move to `definitions`, prose goes. */
function convert(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(convert);
  if (typeof value !== 'object' || value === null) return value;
  const schema = value as Json;
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.split('/').at(-1) ?? '';
    needed.add(name);
    return { $ref: `#/definitions/${name}` };
  }
  const { nullable, ...rest } = schema;
  const kept = Object.entries(rest).filter(([key]) => !dropped.has(key) && !key.startsWith('x-'));
  const converted = Object.fromEntries(
    kept.map(([key, inner]) => [key, key === 'properties' ? convertProperties(inner as Json) : convert(inner)]),
  ) as Json;
  return nullable === true ? orNull(converted) : converted;
}

/** Property names may be words that are dropped elsewhere. */
function convertProperties(properties: Json): Json {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, convert(schema)]));
}

function orNull(schema: Json): Json {
  if (typeof schema.type !== 'string') return { anyOf: [schema, { type: 'null' }] };
  const values = Array.isArray(schema.enum) ? { enum: [...schema.enum, null] } : {};
  return { ...schema, ...values, type: [schema.type, 'null'] };
}
