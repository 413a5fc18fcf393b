import { currentLabelName, type Labels } from '@sig-runtime/playbooks/catalog';
import { configurationJsonSchema, type JsonSchema } from './json-schema.ts';
import { LABEL_FORMAT } from './label-name.ts';
import { nearest } from './nearest.ts';
import type { Configuration, Section } from './schema.ts';

/** Something the schema cannot see. The file is valid, but it will not do what its author expects. */
export type ConfigurationWarning = { path: string; message: string; remedy: string };

/** What the configuration is checked against. */
export type LintWorld = { repositoryLabels: readonly string[]; owner: string; catalogue: Labels };

/**
 * Labels that are named but do not exist (unless the bot may create them), retired label names, and maintainer teams of another
 * organisation. Only options made with `LabelName` are looked at.
 */
export function lintConfiguration(
  { settings, sections }: Configuration,
  handlers: readonly Section[],
  world: LintWorld,
): readonly ConfigurationWarning[] {
  const schema = configurationJsonSchema(handlers);
  const labels = [...sections].flatMap(([name, options]) => labelsNamed(schema.properties?.[name], options, name));
  return [
    ...labels.flatMap((named) => labelWarning(named, settings.labels.create, world)),
    ...settings.maintainers.teams
      .filter((team) => team.split('/', 1)[0]?.toLowerCase() !== world.owner.toLowerCase())
      .map((team) => ({
        path: 'maintainers.teams',
        message: `team ${team} is not of ${world.owner}`,
        remedy: `teams of other organisations cannot be read; name a team of ${world.owner}, or list its members under users`,
      })),
  ];
}

type Named = { path: string; label: string };

/** Every value that the schema marks as the name of a label, with its place. */
function labelsNamed(schema: JsonSchema | undefined, value: unknown, path: string): readonly Named[] {
  const alternatives = [...(schema?.anyOf ?? []), ...(schema ? [schema] : [])];
  return alternatives.flatMap((part): readonly Named[] => {
    if (part.format === LABEL_FORMAT && typeof value === 'string') return [{ path, label: value }];
    if (Array.isArray(value)) return value.flatMap((entry, index) => labelsNamed(part.items, entry, `${path}.${index}`));
    if (typeof value !== 'object' || value === null) return [];
    const rest = typeof part.additionalProperties === 'object' ? part.additionalProperties : undefined;
    return Object.entries(value).flatMap(([key, entry]) =>
      part === schema && part.anyOf ? [] : labelsNamed(part.properties?.[key] ?? rest, entry, `${path}.${key}`),
    );
  });
}

function labelWarning({ path, label }: Named, mayCreate: boolean, world: LintWorld): readonly ConfigurationWarning[] {
  const exists = world.repositoryLabels.some((name) => name.toLowerCase() === label.toLowerCase());
  if (exists) return [];
  const successor = currentLabelName(world.catalogue, label);
  if (successor !== label) return [{ path, message: `label ${label} was replaced by ${successor}`, remedy: `write ${successor}` }];
  if (mayCreate) return [];
  const meant = nearest(label, world.repositoryLabels);
  const declare = 'declare it in the settings file of the organisation, or set labels: { create: true }';
  const remedy = meant === undefined ? declare : `did you mean ${meant}? Else ${declare}`;
  return [{ path, message: `label ${label} does not exist in this repository: nothing is written for it`, remedy }];
}
