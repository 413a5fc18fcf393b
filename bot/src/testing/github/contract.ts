import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { Answer, Exchange } from './exchange.ts';
import { match } from './routes.ts';
import { object } from './world.ts';

/** A message on the wire that GitHub's own description does not allow. */
export type Violation = { direction: 'request' | 'response'; operation: string; path: string; status?: number; problem: string };

type Operation = {
  id: string;
  method: string;
  path: string;
  query: readonly string[];
  request: object | null;
  responses: Readonly<Record<string, object | null>>;
};

type Extract = { operations: readonly Operation[]; definitions: Readonly<Record<string, object>> };

const maxViolations = 200;

/** Holds requests and answers against the extract in `openapi/github.json`; collects, never throws. */
export class Contract {
  readonly violations: Violation[] = [];
  readonly #operations: readonly { operation: Operation; parts: readonly string[] }[];
  readonly #definitions: Readonly<Record<string, object>>;
  readonly #ajv: Ajv;
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor() {
    const extract = JSON.parse(readFileSync(new URL('./openapi/github.json', import.meta.url), 'utf8')) as Extract;
    this.#definitions = extract.definitions;
    this.#operations = extract.operations.map((operation) => ({ operation, parts: partsOf(operation.path) }));
    this.#ajv = new Ajv({ strict: false, allErrors: true });
    (addFormats as unknown as (ajv: Ajv) => void)(this.#ajv);
    this.#ajv.addFormat('repo.nwo', true).addFormat('timestamp', true);
  }

  /** What the bot sends: known operation, documented query, allowed body. */
  checkRequest(exchange: Exchange): void {
    if (exchange.path === '/graphql') return;
    const operation = this.#find(exchange);
    if (!operation) {
      this.#add({ direction: 'request', operation: exchange.method, path: exchange.path, problem: 'unknown operation' });
      return;
    }
    for (const name of exchange.query.keys()) {
      if (!operation.query.includes(name))
        this.#add({ ...place('request', operation, exchange), problem: `unknown query parameter ${name}` });
    }
    if (operation.request && exchange.body !== undefined) {
      const problem = this.#problem(`${operation.id}/request`, operation.request, exchange.body);
      if (problem) this.#add({ ...place('request', operation, exchange), problem });
    }
  }

  /** What we answer: successes of known operations have the described shape; a GraphQL answer is no complaint about the query. */
  checkResponse(exchange: Exchange, answer: Answer): void {
    if (exchange.path === '/graphql') {
      const errors = (object(answer.json).errors ?? []) as { type: string; message: string }[];
      const broken = errors.find((error) => error.type === 'VALIDATION');
      if (broken) this.#add({ direction: 'request', operation: 'graphql', path: exchange.path, problem: broken.message });
      return;
    }
    const operation = answer.status >= 200 && answer.status < 300 ? this.#find(exchange) : undefined;
    if (!operation) return;
    const schema = operation.responses[String(answer.status)];
    const problem = schema === undefined ? 'undocumented status' : this.#responseProblem(operation, answer, schema);
    if (problem) this.#add({ ...place('response', operation, exchange), status: answer.status, problem });
  }

  #responseProblem(operation: Operation, answer: Answer, schema: object | null): string | undefined {
    if (schema === null) return answer.json === undefined ? undefined : 'body where none is described';
    return this.#problem(`${operation.id}/${answer.status}`, schema, answer.json);
  }

  #problem(key: string, schema: object, value: unknown): string | undefined {
    const validate = this.#compiled.get(key) ?? this.#ajv.compile({ ...schema, definitions: this.#definitions });
    this.#compiled.set(key, validate);
    if (validate(value)) return undefined;
    return (validate.errors ?? [])
      .slice(0, 5)
      .map((error) => `${error.instancePath || '/'} ${error.message ?? 'is invalid'} ${JSON.stringify(error.params)}`)
      .join('; ');
  }

  #find({ method, path }: Exchange): Operation | undefined {
    const parts = path.split('/');
    return this.#operations.find((candidate) => candidate.operation.method === method && match(candidate.parts, parts))?.operation;
  }

  #add(violation: Violation): void {
    if (this.violations.length < maxViolations) this.violations.push(violation);
  }
}

/** A path at the end of a template takes all slashes, as contents do. */
function partsOf(path: string): readonly string[] {
  return path.replace(/\{path\}$/, '{path*}').split('/');
}

function place(direction: Violation['direction'], operation: Operation, exchange: Exchange) {
  return { direction, operation: operation.id, path: exchange.path };
}
