import { expect, it } from 'vitest';
import { slaDigestEvents } from './sla-schedule.ts';
import { testKnowledge } from './testing/handler-world.ts';
import { MemoryGitHub } from './testing/index.ts';

const TUESDAY_MORNING_MS = Date.parse('2026-09-08T10:00:00Z');
const { catalog } = testKnowledge();

function github(): MemoryGitHub {
  const memory = new MemoryGitHub();
  for (const id of [1, 2]) {
    memory.addRepository({ installationId: id, repositoryId: id * 10, owner: `org-${id}`, name: 'app', private: false });
  }
  return memory;
}

it('names one digest for each repository and working day', async () => {
  const events = await slaDigestEvents(github(), catalog, TUESDAY_MORNING_MS);
  expect(events.map(({ guid }) => guid)).toEqual(['schedule/sla-digest/10/2026-09-08', 'schedule/sla-digest/20/2026-09-08']);
});

it('names none on a Sunday', async () => {
  expect(await slaDigestEvents(github(), catalog, Date.parse('2026-09-06T10:00:00Z'))).toEqual([]);
});

it('lets a suspended installation keep no other from its digest', async () => {
  const memory = github();
  memory.failNext({ method: 'listRepositories', when: 'before', code: 'FORBIDDEN' });
  const events = await slaDigestEvents(memory, catalog, TUESDAY_MORNING_MS);
  expect(events.map(({ guid }) => guid)).toEqual(['schedule/sla-digest/20/2026-09-08']);
});
