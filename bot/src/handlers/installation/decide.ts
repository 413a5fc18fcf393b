import type { Decision } from '../../decision.ts';
import type { BotEvent } from '../../event.ts';
import type { DecideInput } from '../../handler.ts';
import type { InstallationOptions } from './options.ts';
import * as say from './render.ts';

/**
 * Puts on record what an installation or repository event means. Nothing is written to GitHub; where the store has to change (purge,
 * forget, rename), the app does that on the same event.
 */
export function decide({ event, configuration }: DecideInput<InstallationOptions>): readonly Decision[] {
  const found = meaningOf(event, configuration.source);
  if (!found) return [];
  const { rule, because, verdict } = found;
  return [{ handler: 'installation', rule: `installation/${rule}`, verdict, because, evidence: [], effects: [] }];
}

type Meaning = { rule: string; verdict: Decision['verdict']; because: string };

function meaningOf(event: BotEvent, source: string): Meaning | undefined {
  const repositories = event.repositories ?? (event.repository ? [event.repository] : []);
  switch (event.name) {
    case 'installation.created':
    case 'installation_repositories.added':
      return { rule: 'dry-run', verdict: 'abstain', because: say.added(repositories, source) };
    case 'installation.deleted':
      return { rule: 'purge', verdict: 'act', because: say.purged(event.installationId ?? 0) };
    case 'installation_repositories.removed':
      return { rule: 'forget', verdict: 'act', because: say.removed(repositories) };
    case 'installation.new_permissions_accepted':
      return { rule: 'permissions', verdict: 'act', because: say.permissionsAccepted() };
    case 'repository.renamed':
    case 'repository.transferred':
      return {
        rule: 'moved',
        verdict: 'act',
        because: say.moved(repositories, event.name === 'repository.renamed' ? 'renamed' : 'transferred'),
      };
    default:
      return undefined;
  }
}
