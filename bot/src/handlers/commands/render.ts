import { COMMANDS, type Who } from '../../commands/table.ts';
import type { Quote } from '../../decision.ts';
import type { EffectState } from '../../effect.ts';
import { cell, fenced, inlineCode, PLACES, plain } from '../../rendering/quote.ts';
import { type LabelEntry, settingsEntries } from '../../rendering/settings-patch.ts';
import type { Reason, Why } from './why.ts';

/** GitHub refuses comments above 65,536 characters. */
const MAX_BODY_LENGTH = 60_000;
const MAX_QUOTES = 4;
const MAX_REASONS = 15;
const MAX_INLINE_LENGTH = 100;
/** As many characters of a configuration's SHA as git shows. */
const SHA_LENGTH = 12;

const WHO: Record<Who, string> = {
  anyone: 'anyone',
  author: 'the author, and people with triage rights',
  triage: 'people with triage rights',
  write: 'people with write access',
  maintainer: 'maintainers',
};

/** The reply comment: one section per command that needs words. Nobody is mentioned. */
export function reply(sections: readonly string[]): string {
  const shown: string[] = [];
  let length = 0;
  for (const section of new Set(sections)) {
    length += section.length;
    if (length <= MAX_BODY_LENGTH) shown.push(section);
  }
  if (length > MAX_BODY_LENGTH)
    shown.push('Some replies are too long for one comment and are left out; give those commands one at a time.');
  const footer = '<sub>This comment shows the latest reply and is edited in place. `/help` lists the commands.</sub>';
  return `${shown.join('\n\n---\n\n')}\n\n${footer}\n`;
}

export function refused(usage: string, because: string): string {
  return `${inlineCode(usage)} was not carried out: ${plain(because)}.`;
}

export function notAllowed(usage: string, who: Who, reason: 'rights' | 'newcomer'): string {
  if (reason === 'newcomer') {
    return `${inlineCode(usage)} is not open to first-time contributors. Thank you for being here; a maintainer can do it for you.`;
  }
  return `${inlineCode(usage)} is for ${WHO[who]}. A maintainer who reads this can do it for you.`;
}

export function mistake(usage: string, error: string, line: number): string {
  return `Line ${line} was not understood: ${plain(error)}. Usage: ${inlineCode(usage)}`;
}

export function duplicate(of: number): string {
  return `Marked as a duplicate of #${of}. It stays open until a maintainer closes it.`;
}

export function unknownValues(group: string, unknown: readonly string[], known: readonly string[]): string {
  const words = unknown.map((value) => inlineCode(value)).join(', ');
  const list = known.length > 0 ? `Known: ${known.map((value) => inlineCode(value)).join(', ')}.` : 'This repository has none.';
  return `No ${group} label is called ${words}. ${list}`;
}

export function labelMissing(names: readonly string[], declared: (name: string) => Omit<LabelEntry, 'name'> | undefined): string {
  const entries = names.map((name) => {
    const { color, description } = declared(name) ?? { color: 'ededed', description: 'Set with a command' };
    return { name, color, description };
  });
  const list = names.map((name) => inlineCode(name)).join(', ');
  const several = names.length > 1;
  return [
    `${list} ${several ? 'are not labels' : 'is not a label'} of this repository, so nothing was written (label-missing).`,
    `To have ${several ? 'them' : 'it'}, add this to the organisation's settings file, or set \`labels: { create: true }\` in \`.github/sig-runtime.yml\`:`,
    fenced(settingsEntries(entries), 'yaml', 4000),
  ].join('\n\n');
}

export function help(): string {
  const rows = Object.values(COMMANDS).map(({ usage, who, summary }) => `| ${cell(usage)} | ${summary} | ${WHO[who]} |`);
  return [
    '### Commands',
    '',
    'One per line, first thing on the line. Quotes, code and edits that do not add a command are ignored.',
    '',
    '| Command | What it does | Who may use it |',
    '| --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** `/sig why`: what was done and what was not, each with its rule, evidence and configuration. */
export function why({ reasons, abstentions, vetoes, missing }: Why): string {
  const shown = reasons.slice(-MAX_REASONS);
  const parts = shown.length > 0 ? shown.map(reason) : ['The bot has done nothing on this item.'];
  const left = reasons.length > shown.length ? [`${reasons.length - shown.length} older entries are left out.`] : [];
  return ['### Why', ...parts, ...left, ...notDone(abstentions, vetoes, missing)].join('\n\n');
}

function notDone(abstentions: Why['abstentions'], vetoes: Why['vetoes'], missing: Why['missing']): readonly string[] {
  const lines = [
    ...abstentions.map(({ rule, because }) => `- ${inlineCode(rule)} abstained: ${plain(because)}`),
    ...vetoes.map(({ label, by, at }) => `- ${inlineCode(label)} is vetoed since ${at.slice(0, 10)}: ${inlineCode(by)} took it off`),
    ...missing.map((label) => `- ${inlineCode(label)} was wanted but did not exist here (label-missing)`),
  ];
  return lines.length > 0 ? ['**Not done**', lines.join('\n')] : [];
}

const STATE: Record<EffectState, string> = {
  done: '',
  pending: ' (on its way)',
  withheld: ' (decided, but withheld: dry run, shadow mode or noise budget)',
  failed: ' (failed)',
  undone: ' (taken back)',
};

function reason({ what, of, state, rule, because, confidence, evidence, configSha, at }: Reason): string {
  const facts = [
    `rule ${inlineCode(rule)}`,
    ...(confidence === undefined ? [] : [`confidence ${confidence.toFixed(2)}`]),
    `configuration ${inlineCode(configSha.slice(0, SHA_LENGTH))}`,
    `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`,
  ];
  const quotes = evidence.slice(0, MAX_QUOTES).map(quote);
  const more = evidence.length - MAX_QUOTES;
  const left = more > 0 ? [`- and ${more} more`] : [];
  return [
    `**${what}:** ${inlineCode(of)}${STATE[state]}`,
    `${facts.join(' · ')}\\\n${plain(because)}`,
    ...(quotes.length > 0 ? [[...quotes, ...left].join('\n').trimEnd()] : []),
  ].join('\n\n');
}

/** A list entry; what is short stands in it, what has lines of its own below it. */
function quote({ text, source, rule }: Quote): string {
  const place = `- ${inlineCode(rule)}, from ${PLACES[source]}:`;
  if (text.length <= MAX_INLINE_LENGTH && !text.includes('\n')) return `${place} ${inlineCode(text)}`;
  return `${place}\n\n${fenced(text).replaceAll(/^/gm, '  ')}\n`;
}
