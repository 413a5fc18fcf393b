import { z } from 'zod';
import { Product, Slug, Source, Version } from './identifiers.ts';

/** One stored run of a suite against exact versions. `url` leads to its log. */
export const TestedRun = z
  .strictObject({
    id: Slug,
    suite: Slug,
    finishedAt: z.iso.datetime({ offset: true }),
    commit: z.string().regex(/^[0-9a-f]{7,40}$/),
    versions: z.partialRecord(Product, Version),
    passed: z.int().nonnegative(),
    failed: z.int().nonnegative(),
    skipped: z.int().nonnegative(),
    url: Source.optional(),
  })
  .refine((run) => Object.keys(run.versions).length > 0, { message: 'a run names the versions it ran against', path: ['versions'] });
export type TestedRun = z.infer<typeof TestedRun>;

/** `compatibility/tested.json`, generated from stored runs; never edited. */
export const Tested = z.strictObject({ schemaVersion: z.literal(1), runs: z.array(TestedRun) });
export type Tested = z.infer<typeof Tested>;
