import type { Catalog } from '@sig-runtime/playbooks/catalog';
import type { BotEvent } from './event.ts';
import type { GitHubApp } from './github/port.ts';
import { unlessClosed } from './github/unless-closed.ts';
import { calendarOf } from './sla/from-catalog.ts';

/**
 * `schedule.sla-digest` for every repository of every installation, once per working day: the guid names the day, so asking every hour
 * and from every replica adds nothing. Empty outside working hours, so that the digest appears when somebody is there to read it.
 */
export async function slaDigestEvents(
  app: Pick<GitHubApp, 'listInstallations' | 'listRepositories'>,
  catalog: Catalog,
  nowMs: number,
): Promise<readonly BotEvent[]> {
  const calendar = calendarOf(catalog.calendar);
  if (calendar.businessMsBetween(nowMs, nowMs + 1_000) === 0) return [];
  const at = new Date(nowMs).toISOString();
  const events: BotEvent[] = [];
  for (const { id } of await app.listInstallations()) {
    const repositories = await unlessClosed(app.listRepositories(id), []);
    for (const repository of repositories) {
      events.push({
        guid: `schedule/sla-digest/${repository.repositoryId}/${at.slice(0, 10)}`,
        name: 'schedule.sla-digest',
        at,
        installationId: id,
        repository,
        repositories,
      });
    }
  }
  return events;
}
