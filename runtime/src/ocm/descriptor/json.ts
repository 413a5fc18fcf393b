export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** Where a value stands in a document: keys and indexes from the top. */
export type JsonPath = readonly (string | number)[];

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `component.resources[3].name`; the top is `document`. */
export function printPath(path: JsonPath): string {
  if (path.length === 0) return 'document';
  return path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i === 0 ? '' : '.'}${step}`)).join('');
}

/** The value at `path`, or undefined. */
export function valueAt(value: JsonValue | undefined, path: JsonPath): JsonValue | undefined {
  let at: JsonValue | undefined = value;
  for (const step of path) {
    if (typeof step === 'number' && Array.isArray(at)) at = (at as readonly JsonValue[])[step];
    else if (typeof step === 'string' && isJsonObject(at) && Object.hasOwn(at, step)) at = at[step];
    else return undefined;
  }
  return at;
}
