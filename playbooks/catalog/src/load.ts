import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CATALOG_FILES, Catalog, type CatalogPart } from './catalog.ts';
import { brokenReferences } from './cross-references.ts';
import { CatalogError } from './error.ts';
import { type ParsedFile, parseDataFile } from './parse.ts';

export { CatalogError, type CatalogErrorCode } from './error.ts';

const DATA = fileURLToPath(new URL('../data/', import.meta.url));
/** How the folder is called in messages, wherever it lies. */
const SHOWN_AS = 'playbooks/catalog/data/';

/**
 * Reads and checks every data file, then what they say about each other. Synchronous: it runs once, at start.
 * @param directory folder with the layout of `playbooks/catalog/data`; the default is that folder itself
 * @throws CatalogError `UNREADABLE`, `SYNTAX`, `INVALID` or `REFERENCE`, with file, line, column and remedy
 */
export function loadCatalog(directory: string = DATA): Catalog {
  const parts = Object.keys(CATALOG_FILES) as CatalogPart[];
  const files = new Map(parts.map((part) => [part, readPart(directory, part)]));
  const catalog = Object.fromEntries(parts.map((part) => [part, files.get(part)?.data])) as Catalog;
  const [broken] = brokenReferences(catalog);
  if (broken === undefined) return catalog;
  const at = files.get(broken.part)?.locate(broken.path) ?? { file: CATALOG_FILES[broken.part], line: 1, column: 1 };
  throw new CatalogError('REFERENCE', at, broken.problem, broken.remedy);
}

function readPart(directory: string, part: CatalogPart): ParsedFile<unknown> {
  const file = `${SHOWN_AS}${CATALOG_FILES[part]}`;
  return parseDataFile(Catalog.shape[part], file, readText(`${directory}/${CATALOG_FILES[part]}`, file));
}

function readText(path: string, file: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new CatalogError('UNREADABLE', { file, line: 1, column: 1 }, 'the file cannot be read', 'restore it or correct its permissions', {
      cause,
    });
  }
}
