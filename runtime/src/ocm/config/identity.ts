import { compileGlob } from './glob.ts';

/** Attributes that say who needs credentials (`type`, `hostname`, `port`, `scheme`, `path`, …) or whom they are for. */
export type ConsumerIdentity = Readonly<Record<string, string>>;

const urlAttributes = ['scheme', 'hostname', 'port', 'path', 'pathprefix'] as const;

/** Text that two identities share exactly when their attributes are equal. */
export function identityKey(identity: ConsumerIdentity): string {
  return JSON.stringify(Object.entries(identity).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Whether credentials configured for `configured` serve `requested`:
 * the path fits (below), the URL fits (schemes equal unless one is absent, `oci` is `https`; host names equal; ports equal after
 * the scheme's default), and every other attribute is equal, `type` included.
 * A configured `path` is a pattern in which `*` stays within a segment and `**` does not; none fits every path. `pathprefix`, from
 * older configurations, fits the path itself and everything below it, and is ignored beside a `path`.
 * @throws ConfigError `PATTERN` for a malformed configured path
 * @see https://github.com/open-component-model/open-component-model — bindings/go/runtime/identity_match.go
 */
export function identityMatches(requested: ConsumerIdentity, configured: ConsumerIdentity): boolean {
  return othersMatch(requested, configured) && urlMatches(requested, configured) && pathMatches(requested.path ?? '', configured);
}

/**
 * Orders matching identities, the best first: the one whose path spells out more, then the one with more attributes.
 * Zero leaves the decision to the order of the configuration; the Go library leaves all of it to chance.
 */
export function compareSpecificity(a: ConsumerIdentity, b: ConsumerIdentity): number {
  return spelledOut(b) - spelledOut(a) || Object.keys(b).length - Object.keys(a).length;
}

function othersMatch(requested: ConsumerIdentity, configured: ConsumerIdentity): boolean {
  const others = (identity: ConsumerIdentity) =>
    Object.entries(identity).filter(([name]) => !urlAttributes.some((known) => known === name));
  return identityKey(Object.fromEntries(others(requested))) === identityKey(Object.fromEntries(others(configured)));
}

function urlMatches(requested: ConsumerIdentity, configured: ConsumerIdentity): boolean {
  const [asked, offered] = [canonicalScheme(requested.scheme), canonicalScheme(configured.scheme)];
  if (asked !== '' && offered !== '' && asked !== offered) return false;
  const effective = asked === '' ? offered : asked;
  const port = (identity: ConsumerIdentity) => identity.port || defaultPort(effective);
  return (requested.hostname ?? '') === (configured.hostname ?? '') && port(requested) === port(configured);
}

function pathMatches(path: string, { path: pattern = '', pathprefix }: ConsumerIdentity): boolean {
  if (pattern !== '') return compileGlob(pattern, '/')(path);
  const prefix = trimSlashes(pathprefix ?? '');
  return prefix === '' || path === prefix || path.startsWith(`${prefix}/`);
}

/** Characters of the path that a pattern fixes; wildcards fix none. */
function spelledOut({ path = '', pathprefix = '' }: ConsumerIdentity): number {
  return (path === '' ? trimSlashes(pathprefix) : path).replace(/[*?]/g, '').length;
}

const canonicalScheme = (scheme = ''): string => (scheme === 'oci' ? 'https' : scheme);
const defaultPort = (scheme: string): string => (scheme === 'https' ? '443' : scheme === 'http' ? '80' : '');

function trimSlashes(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && text[start] === '/') start += 1;
  while (end > start && text[end - 1] === '/') end -= 1;
  return text.slice(start, end);
}
