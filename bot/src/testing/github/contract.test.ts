import { beforeEach, describe, expect, it } from 'vitest';
import { Contract } from './contract.ts';
import type { Exchange } from './exchange.ts';

let contract: Contract;
beforeEach(() => {
  contract = new Contract();
});

const exchange = (method: string, path: string, body?: unknown, query = ''): Exchange => ({
  method,
  path,
  query: new URLSearchParams(query),
  headers: {},
  body,
});
const label = {
  id: 1,
  node_id: 'L_1',
  url: 'https://api.example/l',
  name: 'sig/runtime',
  color: '1d76db',
  default: false,
  description: null,
};
const problems = () => contract.violations.map(({ direction, operation, problem }) => `${direction} ${operation}: ${problem}`);

describe('the contract with GitHub', () => {
  it('accepts what the description allows', () => {
    contract.checkRequest(exchange('POST', '/repos/acme/app/labels', { name: 'sig/runtime', color: '1d76db' }));
    contract.checkResponse(exchange('POST', '/repos/acme/app/labels'), { status: 201, json: label });
    contract.checkResponse(exchange('DELETE', '/repos/acme/app/issues/comments/1'), { status: 204 });
    contract.checkRequest(exchange('GET', '/repos/acme/app/contents/.github/sig-runtime.yml', undefined, 'ref=main'));
    expect(problems()).toEqual([]);
  });

  it('notices an operation, a query or a body that GitHub does not know', () => {
    contract.checkRequest(exchange('GET', '/repos/acme/app/nowhere'));
    contract.checkRequest(exchange('GET', '/repos/acme/app/issues', undefined, 'state=all&author=ada'));
    contract.checkRequest(exchange('POST', '/repos/acme/app/issues', { body: 'no title' }));
    expect(problems()).toEqual([
      'request GET: unknown operation',
      'request issues/list-for-repo: unknown query parameter author',
      expect.stringContaining("request issues/create: / must have required property 'title'"),
    ]);
  });

  it('notices an answer that GitHub would not give', () => {
    const { color: _, ...incomplete } = label;
    contract.checkResponse(exchange('POST', '/repos/acme/app/labels'), { status: 201, json: incomplete });
    contract.checkResponse(exchange('POST', '/repos/acme/app/labels'), { status: 200, json: label });
    contract.checkResponse(exchange('DELETE', '/repos/acme/app/issues/comments/1'), { status: 204, json: {} });
    expect(problems()).toEqual([
      expect.stringContaining("response issues/create-label: / must have required property 'color'"),
      'response issues/create-label: undocumented status',
      'response issues/delete-comment: body where none is described',
    ]);
  });

  it('notices a GraphQL query that the schema refuses, but not one that finds nothing', () => {
    const answer = (type: string) => ({ status: 200, json: { data: null, errors: [{ type, message: 'no such field' }] } });
    contract.checkResponse(exchange('POST', '/graphql'), answer('NOT_FOUND'));
    contract.checkResponse(exchange('POST', '/graphql'), answer('VALIDATION'));
    expect(problems()).toEqual(['request graphql: no such field']);
  });
});
