import * as z from 'zod';
import { parseConstraint, satisfies, tryParseVersion } from '../version/index.ts';
import { type ConfigEntry, entrySchema, isOfType, parseShape } from './entry.ts';
import { ConfigError } from './error.ts';
import { compileGlob } from './glob.ts';

/** Where component versions are looked for. `version` is undefined when a component's versions are listed. */
export type Resolvers = {
  /**
   * `first`: only the first repository that matches is asked (`resolvers.config.ocm.software`).
   * `fallback`: each is asked until one has it (`ocm.config.ocm.software`, deprecated).
   */
  readonly mode: 'first' | 'fallback';
  readonly rules: readonly ResolverRule[];
};

export type ResolverRule = {
  readonly repository: ConfigEntry;
  readonly matches: (component: string, version: string | undefined) => boolean;
};

const resolverSchema = z.object({
  repository: entrySchema,
  componentNamePattern: z.string().nullish(),
  versionConstraint: z.string().nullish(),
});
const fallbackSchema = z.object({ repository: entrySchema, prefix: z.string().nullish(), priority: z.int().nullish() });
const listSchema = z.looseObject({ resolvers: z.array(z.unknown()).nullish() });

/**
 * The resolvers of a flattened configuration, in the order in which they are asked. Either kind may be spread over entries.
 * @param base the repository the caller was given: it comes last after patterns, and first before fallbacks
 * @throws ConfigError `SCHEMA`, `PATTERN`, and `RESOLVERS_CONFLICT` when both kinds are configured; OcmError for a bad constraint
 * @see https://github.com/open-component-model/open-component-model — bindings/go/repository/component
 */
export function readResolvers(entries: readonly ConfigEntry[], base?: ConfigEntry): Resolvers {
  const patterns = listed(entries, 'resolvers.config.ocm.software', 'v1alpha1', resolverSchema);
  const fallbacks = listed(entries, 'ocm.config.ocm.software', 'v1', fallbackSchema);
  if (patterns.length > 0 && fallbacks.length > 0) {
    throw new ConfigError('RESOLVERS_CONFLICT', 'resolvers and deprecated fallback resolvers are both configured; keep the former');
  }
  const own = base === undefined ? [] : [{ repository: base, matches: () => true }];
  if (fallbacks.length === 0) return { mode: 'first', rules: [...patterns.map(patternRule), ...own] };
  const ordered = fallbacks.toSorted((a, b) => (b.priority ?? 10) - (a.priority ?? 10));
  return { mode: 'fallback', rules: [...own, ...ordered.map(fallbackRule)] };
}

/** The repositories to ask for a component version, in order; none when no resolver is responsible. */
export function repositoriesFor({ mode, rules }: Resolvers, component: string, version?: string): readonly ConfigEntry[] {
  const matching = rules.filter(({ matches }) => matches(component, version)).map(({ repository }) => repository);
  return mode === 'first' ? matching.slice(0, 1) : matching;
}

function listed<T>(entries: readonly ConfigEntry[], name: string, version: string, schema: z.ZodType<T>): readonly T[] {
  return entries
    .filter((entry) => isOfType(entry, name, version))
    .flatMap((entry) => parseShape(listSchema, entry, entry.type).resolvers ?? [])
    .map((resolver, index) => parseShape(schema, resolver, `${name}, resolver ${index + 1}`));
}

/** In a component name pattern `*` crosses `/`. A rule with a constraint says nothing about lists, where no version is known. */
function patternRule({ repository, componentNamePattern, versionConstraint }: z.infer<typeof resolverSchema>): ResolverRule {
  const isNamed = compileGlob(componentNamePattern ?? '');
  if (!versionConstraint) return { repository, matches: isNamed };
  const constraint = parseConstraint(versionConstraint);
  const fits = (text: string | undefined): boolean => {
    const version = text === undefined ? undefined : tryParseVersion(text);
    return version !== undefined && satisfies(version, constraint);
  };
  return { repository, matches: (component, version) => isNamed(component) && fits(version) };
}

/** A prefix covers whole segments: `a/b` leads to `a/b` and `a/b/c`, not to `a/bc`. */
function fallbackRule({ repository, prefix }: z.infer<typeof fallbackSchema>): ResolverRule {
  const start = prefix ?? '';
  return { repository, matches: (component) => start === '' || component === start || component.startsWith(`${start}/`) };
}
