import type { Label, Labels } from '@sig-runtime/playbooks/catalog';
import type { Memo } from '../../decision.ts';
import type { Effect } from '../../effect.ts';
import type { ItemRef } from '../../item.ts';

/** What is known about labels while commands are carried out. */
export type LabelWorld = {
  item: ItemRef;
  /** Labels of the item, earlier commands of the same text included. */
  onItem: readonly string[];
  inRepository: readonly string[];
  catalogue: Labels;
  mayCreate: boolean;
  aliases: Readonly<Record<string, string>>;
};

/** `missing`: labels that neither exist nor may be created; nothing is written for them. */
export type LabelChange = { effects: readonly Effect[]; memos: readonly Memo[]; missing: readonly string[] };

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/**
 * The label that `group/value` means: a label of the repository of that name, an alias, the successor of a retired name, a label of the
 * catalogue. Undefined when no such label is known; nothing is ever made up from user text.
 */
export function resolveLabel(name: string, world: LabelWorld): string | undefined {
  const named = world.catalogue.labels.map((label) => label.name);
  const find = (wanted: string) => world.inRepository.find((label) => same(label, wanted)) ?? named.find((label) => same(label, wanted));
  const alias = Object.entries(world.aliases).find(([from]) => same(from, name))?.[1];
  const successor = Object.entries(world.catalogue.retired).find(([from]) => same(from, name))?.[1];
  const own = world.inRepository.find((label) => same(label, name));
  return own ?? (alias && find(alias)) ?? (successor && find(successor)) ?? find(name);
}

/** Values a person can write after `/group`: those of the repository and the catalogue, and aliases. */
export function valuesOf(group: string, world: LabelWorld): readonly string[] {
  const names = [...world.inRepository, ...world.catalogue.labels.map((label) => label.name), ...Object.keys(world.aliases)];
  const values = names.filter((name) => name.toLowerCase().startsWith(`${group}/`)).map((name) => name.slice(group.length + 1));
  return [...new Set(values)].sort((a, b) => a.localeCompare(b, 'en'));
}

/** Adds labels one by one, never as a set (a set would wipe what others add at the same time). */
export function addLabels(names: readonly string[], world: LabelWorld): LabelChange {
  const wanted = names.filter((name) => !world.onItem.some((label) => same(label, name)));
  const exists = (name: string) => world.inRepository.some((label) => same(label, name));
  const missing = wanted.filter((name) => !exists(name) && !world.mayCreate);
  const effects = wanted
    .filter((name) => !missing.includes(name))
    .map((label): Effect => {
      if (exists(label)) return { type: 'add-label', item: world.item, label };
      const { color, description } = declared(label, world.catalogue) ?? { color: 'ededed', description: 'Set with a command' };
      return { type: 'add-label', item: world.item, label, color, description, createIfMissing: true };
    });
  return { effects, memos: missing.map((label) => ({ type: 'label-missing', label })), missing };
}

export function removeLabels(names: readonly string[], world: LabelWorld): readonly Effect[] {
  return world.onItem
    .filter((label) => names.some((name) => same(name, label)))
    .map((label) => ({ type: 'remove-label', item: world.item, label }));
}

/** Labels of the item that start with `group/`, apart from `keep`. */
export function othersOf(group: string, keep: string, world: LabelWorld): readonly string[] {
  return world.onItem.filter((label) => label.toLowerCase().startsWith(`${group}/`) && !same(label, keep));
}

export function declared(name: string, catalogue: Labels): Label | undefined {
  return catalogue.labels.find((label) => same(label.name, name));
}

/** Labels of the item after these effects. */
export function after(onItem: readonly string[], effects: readonly Effect[]): readonly string[] {
  const labels = [...onItem];
  for (const effect of effects) {
    if (effect.type === 'add-label') labels.push(effect.label);
    if (effect.type === 'remove-label') labels.splice(0, labels.length, ...labels.filter((label) => !same(label, effect.label)));
  }
  return labels;
}
