import { fullName, itemPath, type RepositoryRef } from '../../item.ts';
import { cell, inlineCode } from '../../rendering/quote.ts';
import type { Digest, DigestRow } from '../../sla/digest.ts';
import type { SlaOptions } from './options.ts';

type Context = { of: RepositoryRef; proposed: boolean; options: Pick<SlaOptions, 'dueWithin' | 'maxRows'> };

const TITLE_LENGTH = 80;
const HOUR_MS = 3_600_000;

/** The digest issue. Links are paths, so that no item gets a "mentioned" entry, and nobody is named. */
export function renderDigest(digest: Digest, context: Context): string {
  const { breached, dueSoon, openItems, paused } = digest;
  const summary =
    breached.length + dueSoon.length === 0
      ? 'Every promise is kept, and none is due soon.'
      : `**${promises(breached.length)} overdue, ${dueSoon.length} due within ${context.options.dueWithin}** of working time.`;
  return [
    `${summary} ${openItems} open ${openItems === 1 ? 'item' : 'items'} in ${inlineCode(fullName(context.of))}, ${paused} with a paused clock.`,
    ...section('Overdue', 'Late by', breached, context),
    ...section('Due soon', 'Left', dueSoon, context),
    `<sub>As of ${shown(digest.now)} · policy ${digest.policyVersion}${context.proposed ? ' (proposed)' : ''}, calendar ${digest.calendarVersion} · ` +
      'working time only; answers of bots do not count · `/sla pause` on an item stops its clocks</sub>',
  ].join('\n\n');
}

function section(heading: string, column: string, rows: readonly DigestRow[], { options }: Context): readonly string[] {
  if (rows.length === 0) return [];
  const lines = rows.slice(0, options.maxRows).map((row) => {
    const late = duration(Math.abs(row.leftMs));
    return `| [${row.item.number}](${itemPath(row.item)}) ${cell(row.title, TITLE_LENGTH)} | ${row.target.replaceAll('-', ' ')} | ${shown(row.dueAt)} | ${late} |`;
  });
  const more = rows.length - lines.length;
  return [
    `### ${heading}`,
    [`| Item | Promise | Due | ${column} |`, '| --- | --- | --- | --- |', ...lines].join('\n'),
    ...(more > 0 ? [`… and ${more} more.`] : []),
  ];
}

function promises(count: number): string {
  return `${count} ${count === 1 ? 'promise' : 'promises'}`;
}

function shown(rfc3339: string): string {
  return `${rfc3339.slice(0, 10)} ${rfc3339.slice(11, 16)} UTC`;
}

function duration(ms: number): string {
  return ms < HOUR_MS ? `${Math.max(1, Math.round(ms / 60_000))} min` : `${Math.round(ms / HOUR_MS)} h`;
}
