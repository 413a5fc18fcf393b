import { type Digest, toDigest } from './content/digest.ts';
import { OciError } from './error.ts';

/**
 * Where an artifact lies: `host` with its port (`registry.example:5000`), `repository` without leading slash, and what names the
 * manifest. Tag and digest may both be there; the digest decides.
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
 */
export type Reference = {
  readonly host: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: Digest;
  /** `http` or `https` when the text said so; nothing otherwise, which means https. */
  readonly scheme?: 'http' | 'https';
};

/** `defaultHost` stands in when the first segment is no host; absent means Docker's hub, where one-segment names get `library/`. */
export type ReferenceOptions = { readonly defaultHost?: string; readonly defaultTag?: string };

const MAX_LENGTH = 2048;
const MAX_REPOSITORY = 255;
const HUB = 'docker.io';
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const HOST_NAME = /^[A-Za-z0-9.-]{1,253}$/;
const IPV6 = /^\[[0-9a-fA-F:.]{2,45}\]$/;
const SEGMENT_CHARACTERS = /^[a-z0-9._-]+$/;
const ALPHANUMERIC = /^[a-z0-9]$/;

/**
 * Reads `[scheme://]host[:port]/path[:tag][@digest]`. Schemes: `http`, `https`, `oci` (which means https).
 * Linear in the length of the text, which may come from anywhere.
 * @throws OciError `INVALID_REFERENCE` naming the part that is wrong
 */
export function parseReference(text: string, options: ReferenceOptions = {}): Reference {
  if (text.length > MAX_LENGTH) throw invalid(text, `it is longer than ${MAX_LENGTH} characters`);
  const { scheme, rest } = splitScheme(text);
  const { name, tag, digest } = splitSuffix(rest, text);
  const { host, repository } = splitHost(name, options);
  if (!isHost(host)) throw invalid(text, `"${host}" is not a host`);
  if (!isRepository(repository)) throw invalid(text, `"${repository}" is not a repository path: lower-case segments of letters and digits`);
  const chosen = tag ?? (digest === undefined ? options.defaultTag : undefined);
  return {
    host,
    repository,
    ...(chosen === undefined ? {} : { tag: chosen }),
    ...(digest === undefined ? {} : { digest }),
    ...(scheme === undefined ? {} : { scheme }),
  };
}

/** The text form without scheme; parsing it again gives the same reference. */
export function formatReference({ host, repository, tag, digest }: Reference): string {
  return `${host}/${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests: the grammar of `<reference>` as a tag */
export function isTag(text: string): boolean {
  return TAG.test(text);
}

/** The grammar of `<name>` in the distribution specification, at most 255 characters. */
export function isRepository(text: string): boolean {
  return text.length <= MAX_REPOSITORY && text.split('/').every(isSegment);
}

/** Letters and digits, between them one dot, one or two underscores, or any number of dashes. */
function isSegment(segment: string): boolean {
  if (!SEGMENT_CHARACTERS.test(segment)) return false;
  let separator = '';
  let before = '';
  for (const character of segment) {
    if (!ALPHANUMERIC.test(character)) separator += character;
    else {
      if (separator !== '' && (before === '' || !isSeparator(separator))) return false;
      separator = '';
      before = character;
    }
  }
  return separator === '';
}

function isSeparator(text: string): boolean {
  return text === '.' || text === '_' || text === '__' || (text[0] === '-' && !text.includes('.') && !text.includes('_'));
}

/** A name or an address, with or without a port. */
export function isHost(text: string): boolean {
  const colon = text.lastIndexOf(':');
  const hasPort = colon > text.lastIndexOf(']');
  const name = hasPort ? text.slice(0, colon) : text;
  const port = hasPort ? text.slice(colon + 1) : undefined;
  if (port !== undefined && !(/^[0-9]{1,5}$/.test(port) && Number(port) <= 65_535)) return false;
  if (name.startsWith('[')) return IPV6.test(name);
  return HOST_NAME.test(name) && name.split('.').every((label) => label !== '' && !label.startsWith('-') && !label.endsWith('-'));
}

function splitScheme(text: string): { scheme: 'http' | 'https' | undefined; rest: string } {
  const end = text.indexOf('://');
  if (end === -1) return { scheme: undefined, rest: text };
  const name = text.slice(0, end).toLowerCase();
  const rest = text.slice(end + 3);
  if (name === 'http') return { scheme: 'http', rest };
  if (name === 'https' || name === 'oci') return { scheme: 'https', rest };
  throw invalid(text, 'its scheme is none of http, https, oci');
}

function splitSuffix(rest: string, text: string): { name: string; tag: string | undefined; digest: Digest | undefined } {
  const at = rest.indexOf('@');
  const digest = at === -1 ? undefined : toDigest(rest.slice(at + 1));
  if (at !== -1 && digest === undefined) throw invalid(text, 'what follows "@" is not a digest (sha256: or sha512: and lower-case hex)');
  const left = at === -1 ? rest : rest.slice(0, at);
  const colon = left.lastIndexOf(':');
  if (colon <= left.lastIndexOf('/') || (!left.includes('/') && left.endsWith(']'))) return { name: left, tag: undefined, digest };
  const tag = left.slice(colon + 1);
  if (!isTag(tag)) throw invalid(text, `"${tag}" is not a tag`);
  return { name: left.slice(0, colon), tag, digest };
}

function splitHost(name: string, options: ReferenceOptions): { host: string; repository: string } {
  const slash = name.indexOf('/');
  const first = slash === -1 ? '' : name.slice(0, slash);
  if (first.includes('.') || first.includes(':') || first === 'localhost') {
    const repository = name.slice(slash + 1);
    return { host: first, repository: first === HUB && !repository.includes('/') ? `library/${repository}` : repository };
  }
  if (options.defaultHost !== undefined) return { host: options.defaultHost, repository: name };
  return { host: HUB, repository: slash === -1 ? `library/${name}` : name };
}

function invalid(text: string, why: string): OciError {
  return new OciError('INVALID_REFERENCE', `"${text.slice(0, 200)}" is not a reference: ${why}`);
}
