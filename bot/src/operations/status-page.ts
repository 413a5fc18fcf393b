import type { StoredDecision } from '../decision.ts';
import type { Effect } from '../effect.ts';
import { fullName, type ItemRef } from '../item.ts';
import type { DeadLetter, OutboxEntry } from '../store/port.ts';
import { Html, html } from './html.ts';
import type { Status } from './status.ts';

const STYLE = `
:root { color-scheme: light dark; --line: #d0d7de; --muted: #59636e; --soft: #f6f8fa; --good: #1a7f37; --bad: #cf222e; --warn: #9a6700; }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --muted: #9198a1; --soft: #151b23; --good: #3fb950; --bad: #f85149; --warn: #d29922; } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 1100px; padding: 24px; }
h1 { font-size: 24px; margin: 0 } h2 { font-size: 18px; margin: 32px 0 8px } .muted { color: var(--muted) }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin-top: 20px }
.card { border: 1px solid var(--line); border-radius: 8px; padding: 12px; background: var(--soft) } .card b { display: block; font-size: 26px }
.good { color: var(--good) } .bad { color: var(--bad) } .warn { color: var(--warn) }
.scroll { overflow-x: auto } table { border-collapse: collapse; width: 100% } caption { text-align: left; color: var(--muted) }
th, td { text-align: left; vertical-align: top; padding: 6px 10px; border-bottom: 1px solid var(--line) } th { font-weight: 600 }
td:first-child { white-space: nowrap } code { font-size: 13px }`;

/** The whole page: no script, no request to anybody else. */
export function renderStatusPage(status: Status): string {
  const { counts } = status;
  const breaches = [...status.slaBreaches.values()].reduce((sum, count) => sum + count, 0);
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>SIG Runtime bot</title><style>${new Html(STYLE)}</style></head>
<body><h1>SIG Runtime bot</h1>
<p class="muted">${status.app.login} (App ${status.app.id}) · ${status.github} · ${status.store} · ${status.generatedAt}</p>
<div class="cards">
${card('deliveries decided', counts.deliveries.done, 'good')}
${card('waiting', counts.deliveries.pending, counts.deliveryLagMs > 60_000 ? 'warn' : '')}
${card('dead letters', counts.deliveries.dead, counts.deliveries.dead > 0 ? 'bad' : 'good')}
${card('effects performed', counts.outbox.done, 'good')}
${card('withheld', counts.outbox.withheld, '')}
${card('failed', counts.outbox.failed, counts.outbox.failed > 0 ? 'bad' : 'good')}
${card('open items', status.openItems, '')}
${card('SLA breaches', breaches, breaches > 0 ? 'warn' : 'good')}
</div>
${status.degraded.length > 0 ? degradedTable(status.degraded) : undefined}
${status.deadLetters.length > 0 ? deadLetterTable(status.deadLetters) : undefined}
${slaTable(status)}
${decisionTable(status.decisions)}
${effectTable(status.effects)}
</body></html>`.markup;
}

function card(title: string, value: number, tone: string): Html {
  return html`<div class="card"><b class="${tone}">${value}</b>${title}</div>`;
}

function table(title: string, caption: string, head: readonly string[], rows: readonly Html[]): Html {
  const columns = head.map((name) => html`<th scope="col">${name}</th>`);
  const body = rows.length > 0 ? rows : [html`<tr><td colspan="${head.length}" class="muted">nothing yet</td></tr>`];
  return html`<h2>${title}</h2><div class="scroll"><table><caption>${caption}</caption><thead><tr>${columns}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function slaTable(status: Status): Html {
  const rows = [...status.slaBreaches].map(
    ([target, count]) => html`<tr><td>${target}</td><td class="${count > 0 ? 'warn' : 'good'}">${count}</td></tr>`,
  );
  return table('SLA', 'open items whose clock has run out, in business time', ['target', 'breached'], rows);
}

function decisionTable(decisions: readonly StoredDecision[]): Html {
  const rows = decisions.map(
    (
      decision,
    ) => html`<tr><td>${decision.at.slice(0, 16).replace('T', ' ')}</td><td>${subjectName(decision)}</td><td><code>${decision.rule}</code></td>
<td class="${decision.verdict === 'act' ? 'good' : 'muted'}">${decision.verdict}</td><td>${decision.because}</td></tr>`,
  );
  return table(
    'Decisions',
    'the latest first, with the reason a person gets from /sig why',
    ['at (UTC)', 'item', 'rule', 'verdict', 'because'],
    rows,
  );
}

function effectTable(effects: readonly OutboxEntry[]): Html {
  const rows = effects.map(
    ({
      at,
      effect,
      state,
      because,
      error,
    }) => html`<tr><td>${at.slice(0, 16).replace('T', ' ')}</td><td>${targetName(effect)}</td><td><code>${effect.type}</code> ${detail(effect)}</td>
<td class="${state === 'failed' ? 'bad' : ''}">${state}</td><td>${because ?? error ?? ''}</td></tr>`,
  );
  return table('Effects', 'what was written, withheld or taken back', ['at (UTC)', 'target', 'effect', 'state', 'note'], rows);
}

function deadLetterTable(letters: readonly DeadLetter[]): Html {
  const rows = letters.map(
    (letter) =>
      html`<tr><td><code>${letter.guid}</code></td><td>${letter.event}</td><td>${letter.attempts}</td><td class="bad">${letter.error}</td></tr>`,
  );
  return table('Dead letters', 'replay them with: npm run -s bot -- dead-letters replay', ['delivery', 'event', 'attempts', 'error'], rows);
}

function degradedTable(degraded: Status['degraded']): Html {
  const rows = degraded.map(
    ({ installation, handler, missing }) => html`<tr><td>${installation}</td><td>${handler}</td><td class="warn">${missing}</td></tr>`,
  );
  return table(
    'Degraded',
    'grant the permission in the settings of the App, then accept it in the installation',
    ['installation', 'handler', 'missing permission'],
    rows,
  );
}

const itemName = (item: ItemRef): string => `${fullName(item.repository)}#${item.number}`;

function targetName(effect: Effect): string {
  return 'item' in effect ? itemName(effect.item) : fullName(effect.repository);
}

/** Decisions are filed under ids; their effects know the name. */
function subjectName(decision: StoredDecision): string {
  const [first] = decision.effects;
  return first ? targetName(first) : `#${decision.subject.split('/').at(-1) ?? ''}`;
}

function detail(effect: Effect): string {
  if ('label' in effect) return effect.label;
  if ('slot' in effect) return effect.slot;
  if ('logins' in effect) return effect.logins.join(', ');
  return 'name' in effect ? effect.name : effect.type === 'react' ? effect.content : '';
}
