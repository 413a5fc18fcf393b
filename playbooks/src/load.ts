import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PlaybookError } from './error.ts';
import { parsePlaybook } from './parse.ts';
import { parseSamples } from './samples.ts';
import type { Playbook, Samples } from './schema.ts';

/** The folder that is shipped with this package. */
export const contentDirectory = fileURLToPath(new URL('../content/', import.meta.url));

export type PlaybookWithSamples = { playbook: Playbook; samples: Samples };

/**
 * Every playbook below `directory` with its samples, ordered by id.
 * @throws PlaybookError naming file, line and remedy for the first file that is missing or does not fit
 */
export function loadPlaybooksWithSamples(directory: string = contentDirectory): PlaybookWithSamples[] {
  const slugs = folders(directory);
  const seen = new Map<string, string>();
  return slugs.map((slug) => {
    const playbook = parsePlaybook(`${slug}/playbook.md`, slug, read(directory, slug, 'playbook.md'));
    const twin = seen.get(playbook.id);
    if (twin)
      throw new PlaybookError(
        'DUPLICATE',
        `${slug}/playbook.md:2: id ${playbook.id} is taken by ${twin}; ids are permanent, choose another`,
      );
    seen.set(playbook.id, slug);
    return { playbook, samples: parseSamples(`${slug}/samples.yaml`, read(directory, slug, 'samples.yaml')) };
  });
}

/** Every playbook below `directory`, ordered by id. @throws PlaybookError */
export function loadPlaybooks(directory: string = contentDirectory): Playbook[] {
  return loadPlaybooksWithSamples(directory).map(({ playbook }) => playbook);
}

function folders(directory: string): string[] {
  if (!existsSync(directory)) throw new PlaybookError('NOT_FOUND', `${directory}: no such folder; playbooks live in playbooks/content`);
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.startsWith('PB-'))
    .map((entry) => entry.name)
    .sort();
}

function read(directory: string, slug: string, name: string): string {
  try {
    return readFileSync(`${directory}/${slug}/${name}`, 'utf8');
  } catch (cause) {
    throw new PlaybookError('NOT_FOUND', `${slug}/${name}:1: cannot be read; every playbook folder holds playbook.md and samples.yaml`, {
      cause,
    });
  }
}
