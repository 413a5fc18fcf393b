import type { StoredDecision } from '../decision.ts';
import type { Effect, EffectState } from '../effect.ts';
import { fullName } from '../item.ts';
import type { DeadLetter, OutboxEntry } from '../store/port.ts';
import { type Html, html } from './html.ts';
import type { Status } from './status.ts';
import { statusStyle } from './status-style.ts';

const LAG_WARNING_MS = 60_000;
const DEAD_LETTERS = 'Replay them with: npm run -s bot -- dead-letters replay';
const DEGRADED = 'Grant the permission in the settings of the App, then accept it in the installation';

/** The whole page: no script, no request to anybody else. */
export function renderStatusPage(status: Status): string {
  const sections = [
    ...(status.degraded.length > 0 ? [degradedTable(status.degraded)] : []),
    ...(status.deadLetters.length > 0 ? [deadLetterTable(status.deadLetters)] : []),
    slaTable(status),
    decisionTable(status),
    effectTable(status),
  ];
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><title>SIG Runtime bot</title><style>${statusStyle}</style></head>
<body><header><h1>SIG Runtime bot</h1>
<p class="muted">${status.app.login} (App ${status.app.id}) · ${status.github} · store: ${status.store} · as of ${time(status.generatedAt)} UTC</p>
<nav aria-label="On this page"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}<li><a href="/metrics">Metrics</a></li><li><a href="/api/v1/status.json">JSON</a></li></ul></nav></header>
<main>${attention(status)}
${cards(status)}
${sections.map(({ markup }) => markup)}
</main></body></html>`.markup;
}

/** What a person has to do, if anything. */
function attention({ counts, degraded, deadLetters }: Status): Html {
  const lines = [
    ...(deadLetters.length > 0
      ? [`${counted(counts.deliveries.dead, 'delivery', 'deliveries')} could not be decided. ${DEAD_LETTERS}`]
      : []),
    ...(counts.outbox.failed > 0
      ? [`${counted(counts.outbox.failed, 'effect', 'effects')} could not be performed; the note in the table says why.`]
      : []),
    ...(degraded.length > 0 ? [`${counted(degraded.length, 'permission is', 'permissions are')} missing. ${DEGRADED}.`] : []),
    ...(counts.deliveryLagMs > LAG_WARNING_MS
      ? [
          `The oldest waiting delivery is ${Math.round(counts.deliveryLagMs / LAG_WARNING_MS)} min old; a rate limit or an outage holds it up.`,
        ]
      : []),
  ];
  if (lines.length === 0)
    return html`<p class="attention"><b class="good">Nothing is stuck.</b> Every delivery was decided or waits its turn.</p>`;
  return html`<div class="attention needed"><b class="bad">Needs you</b><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul></div>`;
}

function cards({ counts, openItems, slaBreaches }: Status): Html {
  const { deliveries, outbox } = counts;
  const overdue = [...slaBreaches.values()].reduce((sum, count) => sum + count, 0);
  return html`<dl class="cards">
${card('deliveries decided', 'webhooks and daily checks', deliveries.done, 'good')}
${card('waiting', 'taken in, not decided yet', deliveries.pending, counts.deliveryLagMs > LAG_WARNING_MS ? 'warn' : '')}
${card('dead letters', 'given up after several attempts', deliveries.dead, deliveries.dead > 0 ? 'bad' : 'good')}
${card('effects performed', 'labels, comments, checks, issues', outbox.done, 'good')}
${card('withheld', 'dry run, shadow, noise budget', outbox.withheld, '')}
${card('failed', 'GitHub refused them', outbox.failed, outbox.failed > 0 ? 'bad' : 'good')}
${card('open items', 'issues, pull requests, discussions', openItems, '')}
${card('overdue promises', 'SLA clocks that ran out', overdue, overdue > 0 ? 'warn' : 'good')}
</dl>`;
}

function card(title: string, meaning: string, value: number, tone: string): Html {
  return html`<div class="card"><dt>${title}<small>${meaning}</small></dt><dd class="${tone}">${value}</dd></div>`;
}

type Section = { id: string; title: string; markup: Html };

function section(title: string, caption: string, head: readonly string[], rows: readonly Html[]): Section {
  const id = title.toLowerCase().replaceAll(' ', '-');
  const columns = head.map((name) => html`<th scope="col">${name}</th>`);
  const body = rows.length > 0 ? rows : [html`<tr><td colspan="${head.length}" class="muted">nothing yet</td></tr>`];
  const markup = html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2><div class="scroll" role="region" aria-labelledby="${id}" tabindex="0"><table><caption>${caption}</caption><thead><tr>${columns}</tr></thead><tbody>${body}</tbody></table></div></section>`;
  return { id, title, markup };
}

function slaTable({ slaBreaches }: Status): Section {
  const rows = [...slaBreaches].map(
    ([target, count]) =>
      html`<tr><td>${target.replaceAll('-', ' ')}</td><td class="${count > 0 ? 'warn' : 'good'}">${count > 0 ? `${count} overdue` : 'kept'}</td></tr>`,
  );
  return section('SLA', 'Promises on open items whose clock has run out, in working time', ['promise', 'state'], rows);
}

function decisionTable({ decisions, items }: Status): Section {
  const rows = decisions.map(
    (decision) =>
      html`<tr><td>${time(decision.at)}</td><td>${subject(decision, items)}</td><td><code>${decision.rule}</code></td>
<td class="${decision.verdict === 'act' ? 'good' : 'muted'}">${decision.verdict}</td><td>${decision.because}</td></tr>`,
  );
  const caption = `The latest ${decisions.length}, newest first, with the reason that /sig why gives on the item. "abstain" is a considered no.`;
  return section('Decisions', caption, ['at (UTC)', 'item', 'rule', 'verdict', 'because'], rows);
}

const STATES: Readonly<Record<EffectState, { word: string; tone: string }>> = {
  pending: { word: 'waiting', tone: 'muted' },
  done: { word: 'done', tone: 'good' },
  withheld: { word: 'withheld', tone: 'muted' },
  failed: { word: 'failed', tone: 'bad' },
  undone: { word: 'taken back', tone: 'muted' },
};

function effectTable({ effects, items }: Status): Section {
  const rows = effects.map((entry) => {
    const { word, tone } = STATES[entry.state];
    return html`<tr><td>${time(entry.at)}</td><td>${target(entry, items)}</td><td><code>${entry.effect.type}</code> ${detail(entry.effect)}</td>
<td class="state ${tone}">${word}</td><td>${note(entry)}</td></tr>`;
  });
  return section(
    'Effects',
    `The latest ${effects.length}, newest first: what was written, withheld or taken back`,
    ['at (UTC)', 'item', 'effect', 'state', 'note'],
    rows,
  );
}

function note({ error, because, result, inverseOf }: OutboxEntry): string {
  const already = result?.changed === false ? 'was so already' : undefined;
  const inverse = inverseOf === undefined ? undefined : `takes back effect ${inverseOf}`;
  return [because, error, already, inverse].filter((part) => part !== undefined).join('; ');
}

function deadLetterTable(letters: readonly DeadLetter[]): Section {
  const rows = letters.map(
    (letter) =>
      html`<tr><td><code>${letter.guid}</code></td><td>${letter.event}</td><td>${letter.attempts}</td><td class="bad">${letter.error}</td></tr>`,
  );
  return section('Dead letters', DEAD_LETTERS, ['delivery', 'event', 'attempts', 'error'], rows);
}

function degradedTable(degraded: Status['degraded']): Section {
  const rows = degraded.map(
    ({ installation, handler, missing }) => html`<tr><td>${installation}</td><td>${handler}</td><td class="warn">${missing}</td></tr>`,
  );
  return section('Degraded', DEGRADED, ['installation', 'handler', 'missing permission'], rows);
}

/** Decisions about an item nobody has read yet are named by their subject. */
function subject(decision: StoredDecision, items: Status['items']): Html {
  const [first] = decision.effects;
  return named(decision.subject, items) ?? html`${first ? repositoryOf(first) : decision.subject}`;
}

function target({ subject: of, effect }: OutboxEntry, items: Status['items']): Html {
  return ('item' in effect ? named(of, items) : undefined) ?? html`${repositoryOf(effect)}`;
}

function named(subjectId: string, items: Status['items']): Html | undefined {
  const item = items.get(subjectId);
  return item && html`<a class="item" href="${item.url}">${item.name}</a><small>${item.title}</small>`;
}

const repositoryOf = (effect: Effect): string =>
  'item' in effect ? `${fullName(effect.item.repository)}#${effect.item.number}` : fullName(effect.repository);

function detail(effect: Effect): string {
  if ('label' in effect) return effect.label;
  if ('slot' in effect) return effect.slot;
  if ('logins' in effect) return effect.logins.join(', ');
  return 'name' in effect ? effect.name : effect.type === 'react' ? effect.content : '';
}

/** To the minute, without the zone: the heading of the column names it. */
function time(rfc3339: string): Html {
  return html`<time datetime="${rfc3339}">${rfc3339.slice(0, 16).replace('T', ' ')}</time>`;
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
