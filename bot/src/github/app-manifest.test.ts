import { describe, expect, it } from 'vitest';
import { handlers } from '../handlers/index.ts';
import { appManifest, eventsOf, permissionsOf } from './app-manifest.ts';

const options = {
  name: 'Bot',
  homepageUrl: 'https://site.example',
  webhookUrl: 'https://bot.example/hook',
  redirectUrl: 'https://bot.example/setup/created',
};

describe('the App manifest', () => {
  it('asks for the union of what the handlers declare, the greater access winning', () => {
    const declared = [
      { permissions: { issues: 'read', checks: 'write' } },
      { permissions: { issues: 'write', contents: 'read' } },
    ] as const;
    expect(permissionsOf(declared)).toEqual({ metadata: 'read', issues: 'write', checks: 'write', contents: 'read' });
  });

  it('subscribes to the events behind the names, not to schedules or what is delivered anyway', () => {
    const events = eventsOf([{ on: ['milestone.created', 'issues.edited', 'schedule.sla-digest'] }, { on: ['installation.created'] }]);
    expect(events).toContain('milestone');
    for (const unwanted of ['schedule', 'installation', 'installation_repositories']) expect(events).not.toContain(unwanted);
  });

  it('subscribes to what timelines and the configuration are read from, whoever listens', () => {
    const items = [
      'issues',
      'issue_comment',
      'pull_request',
      'pull_request_review',
      'pull_request_review_comment',
      'discussion',
      'discussion_comment',
    ];
    expect(eventsOf([])).toEqual(expect.arrayContaining([...items, 'push']));
  });

  it('of the real handlers is private and delivers to the given address', () => {
    const manifest = appManifest(handlers, options);
    expect(manifest).toMatchObject({ public: false, hook_attributes: { url: 'https://bot.example/hook', active: true } });
    for (const handler of handlers) {
      for (const permission of Object.keys(handler.permissions)) expect(Object.keys(manifest.default_permissions)).toContain(permission);
      for (const name of handler.on) {
        const event = name.split('.')[0]!;
        if (!['schedule', 'installation', 'installation_repositories'].includes(event)) expect(manifest.default_events).toContain(event);
      }
    }
  });
});
