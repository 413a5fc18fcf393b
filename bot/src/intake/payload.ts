import { z } from 'zod';
import { ASSOCIATIONS } from '../item.ts';

/**
 * The fields of GitHub's webhook payloads that somebody reads; everything else is ignored, and what GitHub leaves out or sets to null
 * for deleted accounts is given its stand-in here, so that nothing behind this file meets a null.
 * @see https://docs.github.com/en/webhooks/webhook-events-and-payloads
 */
const GHOST = { login: 'ghost', id: 10_137, type: 'User' as const };

export const Account = z
  .object({ login: z.string(), id: z.number(), type: z.enum(['User', 'Bot', 'Organization']).catch('User').default('User') })
  .nullish()
  .transform((account) => account ?? GHOST);

const AuthorAssociation = z.enum(ASSOCIATIONS).catch('NONE');
const Text = z
  .string()
  .nullish()
  .transform((text) => text ?? '');
const From = z.object({ from: Text }).optional();

export const Repository = z.object({
  id: z.number(),
  name: z.string(),
  private: z.boolean().default(true),
  owner: z.object({ login: z.string() }),
  default_branch: z.string().optional(),
  pushed_at: z.union([z.number(), z.string()]).nullish(),
});

/** How `installation` events list repositories: without an owner. */
export const ListedRepository = z.object({ id: z.number(), name: z.string(), full_name: z.string(), private: z.boolean().default(true) });

export const Label = z.object({ name: z.string() });

const Item = z.object({
  number: z.number(),
  node_id: z.string(),
  title: z.string(),
  body: Text,
  user: Account,
  author_association: AuthorAssociation,
  state: z.string().default('open'),
  draft: z.boolean().nullish(),
  labels: z.array(Label).nullish(),
  created_at: z.string(),
  updated_at: z.string(),
  closed_at: z.string().nullish(),
});
export type Item = z.infer<typeof Item>;

export const Issue = Item.extend({ pull_request: z.object({}).nullish() });
export const PullRequest = Item.extend({ head: z.object({ sha: z.string() }).optional() });
export const Discussion = Item;

export const Comment = z.object({
  id: z.number(),
  node_id: z.string(),
  body: Text,
  user: Account,
  author_association: AuthorAssociation,
  created_at: z.string(),
  updated_at: z.string().optional(),
  performed_via_github_app: z.object({ id: z.number() }).nullish(),
});

export const Review = z.object({
  id: z.number(),
  body: Text,
  user: Account,
  state: z.string().transform((state) => state.toLowerCase()),
  submitted_at: z.string().nullish(),
});

const Path = z.array(z.string()).default([]);
export const Push = z.object({
  ref: z.string(),
  after: z.string(),
  commits: z.array(z.object({ added: Path, removed: Path, modified: Path })).default([]),
});

/** What any payload may carry beside its main object. */
export const Envelope = z.object({
  action: z.string().optional(),
  sender: Account,
  installation: z.object({ id: z.number(), account: z.object({ login: z.string() }).nullish() }).nullish(),
  repository: Repository.nullish(),
  label: Label.nullish(),
  assignee: z.object({ login: z.string() }).nullish(),
  requested_reviewer: z.object({ login: z.string() }).nullish(),
  requested_team: z.object({ slug: z.string() }).nullish(),
  changes: z.object({ title: From, body: From, name: From }).nullish(),
  repositories: z.array(ListedRepository).nullish(),
  repositories_added: z.array(ListedRepository).nullish(),
  repositories_removed: z.array(ListedRepository).nullish(),
});
export type Envelope = z.infer<typeof Envelope>;

/** The events of our own that come back out of the inbox; their other fields were typed when they went in. */
export const ScheduledEvent = z.looseObject({ guid: z.string(), name: z.string(), at: z.string() });
