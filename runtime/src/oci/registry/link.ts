const MAX_HEADER = 8192;

/**
 * The target of the `Link` with `rel="next"`, as written; undefined when there is none.
 * @see https://www.rfc-editor.org/rfc/rfc8288
 */
export function nextLink(header: string | undefined): string | undefined {
  let rest = (header ?? '').slice(0, MAX_HEADER);
  for (let start = rest.indexOf('<'); start !== -1; start = rest.indexOf('<')) {
    const end = rest.indexOf('>', start);
    if (end === -1) return undefined;
    const target = rest.slice(start + 1, end);
    rest = rest.slice(end + 1);
    const following = rest.indexOf('<');
    if (isNext(following === -1 ? rest : rest.slice(0, following))) return target;
  }
  return undefined;
}

function isNext(parameters: string): boolean {
  return parameters.split(/[;,]/).some((parameter) => {
    const equals = parameter.indexOf('=');
    const name = parameter.slice(0, Math.max(equals, 0)).trim().toLowerCase();
    const value = parameter.slice(equals + 1).trim();
    return name === 'rel' && (value === 'next' || value === '"next"');
  });
}
