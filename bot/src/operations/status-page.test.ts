import { describe, expect, it } from 'vitest';
import type { EffectState } from '../effect.ts';
import { subjectOf } from '../item.ts';
import type { OutboxEntry } from '../store/port.ts';
import { app, itemRef, repository, stored, storedDecision } from '../testing/handler-world.ts';
import type { Status } from './status.ts';
import { renderStatusPage } from './status-page.ts';

const item = itemRef();
const subject = subjectOf({ item });

function status(more: Partial<Status> = {}): Status {
  return {
    generatedAt: '2026-03-02T10:00:59Z',
    app,
    github: 'https://api.github.com',
    store: 'sqlite',
    counts: {
      deliveries: { pending: 0, done: 3, dead: 0 },
      deliveryLagMs: 0,
      outbox: { pending: 0, done: 1, withheld: 0, failed: 0, undone: 0 },
      outboxLagMs: 0,
      decisions: [],
    },
    installations: [],
    degraded: [],
    decisions: [],
    effects: [],
    deadLetters: [],
    slaBreaches: new Map([['first-response', 0]]),
    openItems: 1,
    items: new Map([[subject, { name: 'acme/app#7', url: 'https://github.com/acme/app/issues/7', title: 'A <i>title</i>' }]]),
    ...more,
  };
}

function effect(state: EffectState, more: Partial<OutboxEntry> = {}): OutboxEntry {
  return { ...stored({ type: 'add-label', item, label: 'sig/runtime' }, state), subject, idempotencyKey: 'key', attempts: 1, ...more };
}

describe('the status page', () => {
  it('links a decision to its item by name, whether or not it had effects, and escapes what people wrote', () => {
    const page = renderStatusPage(
      status({ decisions: [storedDecision({ subject, verdict: 'abstain', because: '<script>"managed cluster"</script>' })] }),
    );
    expect(page).toContain(
      '<a class="item" href="https://github.com/acme/app/issues/7">acme/app#7</a><small>A &lt;i&gt;title&lt;/i&gt;</small>',
    );
    expect(page).toContain('&lt;script&gt;&quot;managed cluster&quot;');
    expect(page).not.toMatch(/<script|<i>/);
  });

  it('names an item that nobody has read yet by its subject', () => {
    const page = renderStatusPage(status({ items: new Map(), decisions: [storedDecision({ subject })], effects: [effect('done')] }));
    expect(page).toContain(`<td>${subject}</td>`);
    expect(page).toContain('<td>acme/app#7</td>');
  });

  it('says in words what became of each effect, and why', () => {
    const page = renderStatusPage(
      status({
        effects: [
          effect('withheld', { because: 'mode is dry-run' }),
          effect('failed', { error: 'label is too long' }),
          effect('undone'),
          effect('done', { result: { changed: false }, inverseOf: 3 }),
          effect('pending', {
            effect: { type: 'put-issue', repository, slot: 'sla', title: 'SLA digest', body: '', labels: [] },
            subject: subjectOf({ repository }),
          }),
        ],
      }),
    );
    const rows = [...page.matchAll(/<td class="state [a-z]+">([a-z ]+)<\/td><td>([^<]*)<\/td>/g)].map(
      ([, state, note]) => `${state}: ${note}`,
    );
    expect(rows).toEqual([
      'withheld: mode is dry-run',
      'failed: label is too long',
      'taken back: ',
      'done: was so already; takes back effect 3',
      'waiting: ',
    ]);
    expect(page).toContain('<td>acme/app</td>');
  });

  it('says first what a person has to do', () => {
    expect(renderStatusPage(status())).toContain('Nothing is stuck.');
    const { counts } = status();
    const page = renderStatusPage(
      status({
        counts: { ...counts, deliveryLagMs: 240_000, outbox: { ...counts.outbox, failed: 2 } },
        degraded: [{ installation: 1, handler: 'label', missing: 'issues: write' }],
      }),
    );
    expect(page).not.toContain('Nothing is stuck.');
    expect(page).toContain('2 effects could not be performed');
    expect(page).toContain('1 permission is missing');
    expect(page).toContain('4 min old');
    expect(page).toContain('<h2 id="degraded">');
  });

  it('gives every table a caption and every region a heading of its own', () => {
    const page = renderStatusPage(status());
    const count = (pattern: RegExp) => page.match(pattern)?.length ?? 0;
    expect(count(/<table>/g)).toBe(count(/<table><caption>[^<]+<\/caption>/g));
    const ids = [...page.matchAll(/<h2 id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(page).toContain(`href="#${id}"`);
    expect(page).toContain('as of <time datetime="2026-03-02T10:00:59Z">2026-03-02 10:00</time> UTC');
  });
});
