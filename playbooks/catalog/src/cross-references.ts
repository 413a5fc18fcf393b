import semver from 'semver';
import type { Catalog, CatalogPart } from './catalog.ts';
import { reasonRows } from './reasons.ts';

/** Something one data file says that another, or another place in it, contradicts. */
export type BrokenReference = { part: CatalogPart; path: readonly PropertyKey[]; problem: string; remedy: string };

/** All contradictions between the parts, in the order of the checks; empty for a sound catalogue. */
export function brokenReferences(catalog: Catalog): readonly BrokenReference[] {
  return [
    ...labelReferences(catalog),
    ...conditionReferences(catalog),
    ...calendarReferences(catalog),
    ...repeats(catalog),
    ...releaseOrder(catalog),
  ];
}

function labelReferences({ labels, sla }: Catalog): BrokenReference[] {
  const names = new Set(labels.labels.map((label) => label.name));
  const groups = new Set(labels.groups.map((group) => group.id));
  const automations = new Set(labels.automations.map((automation) => automation.id));
  const unknown = (part: CatalogPart, path: PropertyKey[], what: string, name: string): BrokenReference => ({
    part,
    path,
    problem: `${what} "${name}" is not declared in labels.yaml`,
    remedy: 'declare it there or correct the name',
  });
  return [
    ...labels.labels.flatMap((label, index) => [
      ...(groups.has(label.group) ? [] : [unknown('labels', ['labels', index, 'group'], 'group', label.group)]),
      ...label.touchedBy.flatMap((touch, place) =>
        automations.has(touch.automation)
          ? []
          : [unknown('labels', ['labels', index, 'touchedBy', place, 'automation'], 'automation', touch.automation)],
      ),
    ]),
    ...Object.entries(labels.retired).flatMap(([old, name]) =>
      names.has(name) ? [] : [unknown('labels', ['retired', old], 'label', name)],
    ),
    ...sla.pauses.flatMap(({ label }, index) =>
      label === undefined || names.has(label) ? [] : [unknown('sla', ['pauses', index, 'label'], 'label', label)],
    ),
    ...sla.targets.flatMap(({ stopLabels }, index) =>
      stopLabels.flatMap((label, place) =>
        names.has(label) ? [] : [unknown('sla', ['targets', index, 'stopLabels', place], 'label', label)],
      ),
    ),
  ];
}

function conditionReferences({ conditions, reasons }: Catalog): BrokenReference[] {
  const known = new Set(conditions.conditions.flatMap(({ type, kinds }) => kinds.map((kind) => `${kind} ${type}`)));
  return reasons.reasons.flatMap((entry, index) =>
    entry.occurrences.flatMap((occurrence, place) =>
      occurrence.kinds
        .filter((kind) => !known.has(`${kind} ${occurrence.condition}`))
        .map((kind) => ({
          part: 'reasons' as const,
          path: ['reasons', index, 'occurrences', place],
          problem: `condition ${occurrence.condition} of ${kind} is not declared in conditions.yaml`,
          remedy: 'declare it there or correct kind and condition',
        })),
    ),
  );
}

function calendarReferences({ sla, calendar }: Catalog): BrokenReference[] {
  const targets = new Set(sla.targets.map((target) => target.id));
  return [
    ...(sla.calendar === calendar.id
      ? []
      : [
          {
            part: 'sla' as const,
            path: ['calendar'],
            problem: `calendar "${sla.calendar}" does not exist`,
            remedy: `use "${calendar.id}"`,
          },
        ]),
    ...sla.pauses.flatMap((pause, index) =>
      pause.except
        .filter((id) => !targets.has(id))
        .map((id) => ({
          part: 'sla' as const,
          path: ['pauses', index, 'except'],
          problem: `target "${id}" does not exist`,
          remedy: 'use the id of a target',
        })),
    ),
  ];
}

function repeats(catalog: Catalog): BrokenReference[] {
  const check = (part: CatalogPart, list: string, ids: readonly string[]): BrokenReference[] =>
    ids.flatMap((id, index) =>
      ids.indexOf(id) === index
        ? []
        : [
            {
              part,
              path: [...list.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key)), index],
              problem: `"${id}" is listed twice`,
              remedy: 'merge the two entries or rename one',
            },
          ],
    );
  const conditionKeys = catalog.conditions.conditions.map(({ product, type, kinds, since }) =>
    `${product} ${type} ${kinds.join(' ')} ${since ?? ''}`.trim(),
  );
  const rows = reasonRows(catalog.reasons).map((row) =>
    `${row.kind} ${row.condition}=${row.status} ${row.reason} ${row.since ?? ''}`.trim(),
  );
  const twice = rows.find((row, index) => rows.indexOf(row) !== index);
  return [
    ...check(
      'labels',
      'labels',
      catalog.labels.labels.map((label) => label.name),
    ),
    ...check(
      'labels',
      'groups',
      catalog.labels.groups.map((group) => group.id),
    ),
    ...check('conditions', 'conditions', conditionKeys),
    ...check(
      'reasons',
      'reasons',
      catalog.reasons.reasons.map(({ product, reason }) => `${product} ${reason}`),
    ),
    ...(twice === undefined
      ? []
      : [{ part: 'reasons' as const, path: ['reasons'], problem: `"${twice}" is described twice`, remedy: 'merge the two occurrences' }]),
    ...catalog.reasons.reasons.flatMap((entry, index) =>
      entry.occurrences.flatMap(({ causes }, place) =>
        check(
          'reasons',
          `reasons.${index}.occurrences.${place}.causes`,
          causes.map((cause) => cause.id),
        ),
      ),
    ),
    ...check(
      'reported',
      'entries',
      catalog.reported.entries.map((entry) => entry.id),
    ),
    ...check(
      'tested',
      'runs',
      catalog.tested.runs.map((run) => run.id),
    ),
    ...check(
      'versions',
      'products',
      catalog.versions.products.map((entry) => entry.product),
    ),
    ...check(
      'sla',
      'targets',
      catalog.sla.targets.map((target) => target.id),
    ),
    ...check(
      'support',
      'windows',
      catalog.support.windows.map((window) => window.product),
    ),
  ];
}

function releaseOrder({ versions }: Catalog): BrokenReference[] {
  return versions.products.flatMap(({ releases }, product) =>
    releases.flatMap(({ version }, index) => {
      const newer = releases[index - 1]?.version;
      return newer === undefined || semver.gt(newer, version)
        ? []
        : [
            {
              part: 'versions' as const,
              path: ['products', product, 'releases', index],
              problem: `release ${version} is out of order`,
              remedy: 'list releases newest first, each once',
            },
          ];
    }),
  );
}
