import { z } from 'zod';
import { BusinessCalendar } from './calendar.ts';
import { Conditions } from './conditions.ts';
import { Labels } from './labels.ts';
import { Reasons } from './reasons.ts';
import { Reported } from './reported.ts';
import { Sla } from './sla.ts';
import { Support } from './support.ts';
import { Tested } from './tested.ts';
import { Versions } from './versions.ts';

/** Everything the programs share. As JSON it is what a browser is given. */
export const Catalog = z.strictObject({
  conditions: Conditions,
  reasons: Reasons,
  labels: Labels,
  reported: Reported,
  tested: Tested,
  versions: Versions,
  support: Support,
  sla: Sla,
  calendar: BusinessCalendar,
});
export type Catalog = z.infer<typeof Catalog>;

export type CatalogPart = keyof Catalog;

/** The file, below `playbooks/catalog/data/`, that holds each part. */
export const CATALOG_FILES = {
  conditions: 'conditions.yaml',
  reasons: 'reasons.yaml',
  labels: 'labels.yaml',
  reported: 'compatibility/reported.yaml',
  tested: 'compatibility/tested.json',
  versions: 'versions.yaml',
  support: 'support.yaml',
  sla: 'sla.yaml',
  calendar: 'calendar.yaml',
} as const satisfies Record<CatalogPart, string>;

/** JSON Schema (draft 2020-12) of one data file: its shape; rules between fields are checked by `loadCatalog` alone. */
export function catalogJsonSchema(part: CatalogPart): Record<string, unknown> {
  return { title: CATALOG_FILES[part], ...z.toJSONSchema(Catalog.shape[part], { io: 'input' }) };
}
