import type { ByteStream, Content } from './bytes.ts';
import type { Descriptor } from './descriptor.ts';

/** Reads content. The stream is verified: it ends in an error unless it is the described bytes, see verify.ts. */
export type Fetcher = {
  /** @throws OciError `NOT_FOUND` at once or from the stream */
  fetch(descriptor: Descriptor): Promise<ByteStream>;
};

/** `mountFrom`: a sibling repository that has the content already; stores that cannot use it read the content instead. */
export type PushOptions = { readonly mountFrom?: string | undefined };

/** Writes content. Idempotent: pushing what is there already succeeds. Nothing half-written is ever visible. */
export type Pusher = {
  exists(descriptor: Descriptor): Promise<boolean>;
  /** @throws OciError `TRUNCATED` | `OVERSIZED` | `DIGEST_MISMATCH` when the content is not the described one, `READ_ONLY` */
  push(descriptor: Descriptor, content: Content, options?: PushOptions): Promise<void>;
};

/** Finds the manifest or index behind a tag or a digest. */
export type Resolver = {
  /** @throws OciError `NOT_FOUND` */
  resolve(tagOrDigest: string): Promise<Descriptor>;
};

export type Tagger = {
  /** Lets the tag point at existing content; a tag that pointed elsewhere moves. @throws OciError `NOT_FOUND` | `READ_ONLY` */
  tag(descriptor: Descriptor, tag: string): Promise<void>;
};

export type TagLister = {
  /** Tags in the store's own order; a store that does not exist has none or throws `NOT_FOUND`. */
  tags(): AsyncIterable<string>;
};

export type ReferrerLister = {
  /** Manifests whose `subject` is this one, only those of an artifact type when it is given. */
  referrers(subject: Descriptor, artifactType?: string): AsyncIterable<Descriptor>;
};

/** One repository: a set of content with its tags. A registry and a transport archive hold many, an image layout is one. */
export type Repository = Fetcher & Pusher & Resolver & Tagger & TagLister;
