import { z } from 'zod';

/** Any `author_association` that can make a maintainer. */
const MaintainerAssociation = z.enum(['OWNER', 'MEMBER', 'COLLABORATOR']);

const Login = z.string().regex(/^[A-Za-z0-9_-]{1,39}$/, 'a GitHub login, without @');
const Team = z.string().regex(/^[A-Za-z0-9_-]{1,39}\/[A-Za-z0-9._-]{1,100}$/, 'a team is organisation/slug, without @');

/** What the bot does with its decisions: only report them, report and measure them against later human labels, or perform them. */
export const Mode = z.enum(['dry-run', 'shadow', 'active']);
export type Mode = z.infer<typeof Mode>;

/** The part of `.github/sig-runtime.yml` that every handler shares. Each key has a default; `version` has none on purpose. */
export const settingsShape = {
  version: z.literal(1).describe('version of this file format'),
  mode: Mode.default('dry-run').describe('dry-run reports, shadow also measures itself against human labels, active writes to GitHub'),
  labels: z
    .strictObject({ create: z.boolean().default(false).describe('true lets the bot create labels the repository does not have') })
    .prefault({}),
  maintainers: z
    .strictObject({
      users: z.array(Login).max(200).default([]).describe('GitHub logins'),
      teams: z.array(Team).max(20).default([]).describe('organisation/slug'),
      associations: z
        .array(MaintainerAssociation)
        .default(['OWNER', 'MEMBER', 'COLLABORATOR'])
        .describe('author associations that count as maintainer'),
    })
    .prefault({}),
  noise: z
    .strictObject({
      commentsPerItemPerDay: z.number().int().min(0).max(20).default(2).describe('new bot comments on one item in 24 hours'),
      commentsPerRepositoryPerHour: z.number().int().min(0).max(500).default(20).describe('new bot comments in one repository in an hour'),
    })
    .prefault({}),
};

export const Settings = z.strictObject(settingsShape);
export type Settings = z.output<typeof Settings>;

/** What holds where no configuration file exists: the bot reports and writes nothing. */
export const DEFAULT_SETTINGS: Settings = Settings.parse({ version: 1 });
