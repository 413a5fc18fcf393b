import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCommands } from './parse.ts';
import { COMMANDS } from './table.ts';

const names = (text: string, before?: string) => parseCommands(text, before).map((parsed) => parsed.command);
const readings = (text: string) => parseCommands(text).map(({ line: _, ...rest }) => rest);
const error = (text: string) => parseCommands(text).map((parsed) => ('error' in parsed ? `${parsed.usage} | ${parsed.error}` : 'no error'));

describe('what a command is', () => {
  it('is a line that begins with a slash and one of our names, anywhere in visible prose', () => {
    const text = 'Thanks for the report.\n/triage accepted\n\n- looked at it\n\n/priority high\nand more text';
    expect(parseCommands(text)).toEqual([
      { command: 'triage', args: { verdict: 'accepted' }, line: 2 },
      { command: 'priority', args: { values: ['high'] }, line: 6 },
    ]);
  });

  it('works right below a list, where Markdown continues the last list item', () => {
    expect(names('- one\n- two\n/hold')).toEqual(['hold']);
  });

  it('reads Windows and old Mac line ends', () => {
    expect(parseCommands('a\r\n/hold\r\n/help').map(({ line }) => line)).toEqual([2, 3]);
    expect(names('a\r/hold')).toEqual(['hold']);
  });

  it('knows every name in any case', () => {
    expect(names('/SIG Runtime\n/Triage ACCEPTED\n/hOLD Cancel')).toEqual(['sig-runtime', 'triage', 'hold']);
  });

  it('passes over commands of other bots and other SIGs in silence', () => {
    expect(parseCommands('/lgtm\n/sig network\n/remove-sig docs\n/retest\n/sigh runtime\n/\n// comment\n/usr/bin/hold\n/hold/x')).toEqual(
      [],
    );
  });

  it('every example in the table is read as its own command, and every command has one', () => {
    for (const [name, { example }] of Object.entries(COMMANDS)) expect(names(example), example).toEqual([name]);
  });
});

describe('what is never a command', () => {
  const notCommands: Record<string, string> = {
    'a quoted line': '> /hold',
    'a lazy continuation of a quote': '> somebody wrote\n/hold',
    'a lazy continuation of a quote in a list': '- > somebody wrote\n/hold',
    'a fenced block': '```\n/hold\n```',
    'a fenced block that is never closed': '~~~text\n/hold',
    'an indented block': 'text\n\n    /hold',
    'a line that is indented': ' /hold',
    'a list item': '- /hold',
    'a code span over several lines': 'run `\n/hold\n` now',
    'a code span with longer ticks': 'run ``a ` b\n/hold\n`` now',
    'an HTML comment block': '<!--\n/hold\n-->',
    'an HTML comment inside a paragraph': 'see <!-- note\n/hold\n--> here',
    'an HTML block': '<div>\n/hold\n</div>',
    'an attribute': 'see <a title="\n/hold\n">x</a>',
    'a folded section': '<details>\n<summary>log</summary>\n\n/hold\n\n</details>',
    'an HTML quote': '<blockquote>\n\n/hold\n\n</blockquote>',
    'preformatted HTML': '<pre>\n\n/hold\n\n</pre>',
    'a table row': '| a |\n| - |\n/hold',
    'a heading underlined': '/hold\n=====',
    'a footnote': '[^1]: note\n/hold\n\n[^1]',
    'an escaped slash': '\\/hold',
    'a character reference': '&#47;hold',
    emphasis: '**/hold**',
    'a zero-width space before it': '\u200b/hold',
    'a byte order mark before it': '\ufeff/hold',
    'a full-width slash': '\uff0fhold',
    'a Cyrillic letter': '/h\u043eld',
    'a Kelvin sign': '/\u212aind bugfix',
    'a zero-width joiner inside': '/ho\u200dld',
    'a non-breaking space after the name': '/hold\u00a0cancel',
    'a space after the slash': '/ hold',
  };
  it.each(Object.entries(notCommands))('%s', (_, text) => {
    expect(parseCommands(text)).toEqual([]);
  });

  it('text after a closed fence, quote or fold counts again', () => {
    expect(names('> quote\n\n/hold\n\n```\n/help\n```\n/sla pause\n\n<details>\n\n/help\n\n</details>\n\n/assign')).toEqual([
      'hold',
      'sla',
      'assign-self',
    ]);
  });
});

describe('edits', () => {
  it('an edit acts only on commands that it adds', () => {
    expect(names('/hold\n/priority high', '/hold')).toEqual(['priority']);
    expect(names('typo fixed\n/hold', 'typpo\n/hold')).toEqual([]);
    expect(names('/hold', 'no command')).toEqual(['hold']);
  });

  it('an edit that changes an argument is a new command, another case is not', () => {
    expect(names('/priority low', '/priority high')).toEqual(['priority']);
    expect(names('/TRIAGE accepted', '/triage accepted')).toEqual([]);
  });

  it('a command that is repeated or taken out of a quote by the edit is added', () => {
    expect(names('/hold\n/hold', '/hold')).toEqual(['hold']);
    expect(names('/hold', '> /hold')).toEqual(['hold']);
  });

  it.each([
    ['a quote', '> /sla pause'],
    ['a fence that was never closed', 'log:\n```\nline\n\n/sla pause'],
    ['an HTML comment', '<!--\n/sla pause\n-->'],
    ['a list in a quote', '> - /sla pause'],
    ['a text too long to read', `${'line\n'.repeat(2_000)}/sla pause`],
  ])('a command that another person brings to light out of %s is not theirs', (_, before) => {
    const found = (text: string) => parseCommands(text, before, { byAnother: true });
    expect(found('log:\n\n/sla pause')).toEqual([]);
    expect(found('log:\n\n/sla pause\n/hold')).toMatchObject([{ command: 'hold' }]);
  });

  it('never finds more than the text without its history has', () => {
    const line = fc.constantFrom('/hold', '/help', '> /hold', 'text', '```', '', '/priority high', '- a', '<!--', '-->');
    const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (now, before) => {
        expect(parseCommands(now, now)).toEqual([]);
        expect(parseCommands(now, before).length).toBeLessThanOrEqual(parseCommands(now).length);
        expect(parseCommands(`> ${now.replaceAll('\n', '\n> ')}`)).toEqual([]);
      }),
    );
  });
});

describe('arguments', () => {
  it('reads each form', () => {
    const text =
      '/sig undo\n/sig undo ALL\n/triage duplicate #12\n/kind bugfix feature\n/assign @a-b c\n/unassign\n/hold\n/playbook pb-007';
    expect(readings(text)).toEqual([
      { command: 'undo', args: { what: 'last' } },
      { command: 'undo', args: { what: 'all' } },
      { command: 'triage', args: { verdict: 'duplicate', of: 12 } },
      { command: 'kind', args: { values: ['bugfix', 'feature'] } },
      { command: 'assign', args: { logins: ['a-b', 'c'] } },
      { command: 'unassign-self', args: {} },
      { command: 'hold', args: { cancel: false } },
      { command: 'playbook', args: { id: 'PB-007' } },
    ]);
  });

  it('bad arguments of a command of ours are an error with the usage', () => {
    const bad = [
      '/sig',
      '/sig undo everything',
      '/triage',
      '/triage later',
      '/triage duplicate',
      '/triage duplicate #0',
      '/triage duplicate 12 13',
      '/priority',
      '/priority high low',
      '/kind a\u200bb',
      '/assign @org/team',
      '/playbook 7',
      '/sla stop',
      '/remove-sig',
    ];
    expect(bad.flatMap(error)).toMatchInlineSnapshot(`
      [
        "/sig runtime | it names no SIG",
        "/sig undo [last|label|answer|all] | only last, label, answer and all can be undone",
        "/triage accepted|needs-info|duplicate #number | the decision is accepted, needs-info or duplicate",
        "/triage accepted|needs-info|duplicate #number | the decision is accepted, needs-info or duplicate",
        "/triage accepted|needs-info|duplicate #number | a duplicate needs the number of the item it repeats",
        "/triage accepted|needs-info|duplicate #number | a duplicate needs the number of the item it repeats",
        "/triage accepted|needs-info|duplicate #number | a duplicate needs the number of the item it repeats",
        "/priority <value> | it names no value",
        "/priority <value> | it takes one value",
        "/kind <value> … | a value is too long or has invisible characters",
        "/assign @user … | people are GitHub logins such as @octocat; teams cannot be assigned",
        "/playbook PB-NNN | a playbook is PB- and three digits",
        "/sla pause|resume | the clocks can be paused or resumed",
        "/remove-sig runtime | it names no SIG",
      ]
    `);
  });
});

describe('limits', () => {
  it('carries out ten commands of a text and reports the rest once', () => {
    const parsed = parseCommands('/hold\n'.repeat(14));
    expect(parsed).toHaveLength(11);
    expect(parsed[10]).toMatchObject({ error: expect.stringContaining('first 10'), line: 11 });
  });

  it('reads nothing from a text longer than GitHub allows', () => {
    expect(parseCommands(`/hold\n${'x'.repeat(65_536)}`)).toEqual([]);
  });

  const hostile: Record<string, string> = {
    'a thousand footnotes deep': `${'[^a]: '.repeat(10_000)}\n/hold`,
    'a thousand quotes deep': `${'>'.repeat(60_000)}\n/hold`,
    'lists in lists': `${'1. '.repeat(20_000)}\n/hold`,
    'one endless lazy paragraph': `> a\n${'b\n'.repeat(30_000)}/hold`,
    'underlined headings': `${'a\n=\n'.repeat(16_000)}/hold`,
  };
  it.each(Object.entries(hostile))('%s is refused with one error instead of being parsed for minutes', (_, text) => {
    expect(parseCommands(text)).toMatchObject([{ error: expect.stringContaining('too long or too deeply nested') }]);
  });

  const heavy: Record<string, string> = {
    'unclosed comments': `/hold\n\na ${'<!--'.repeat(16_000)}`,
    'unclosed brackets': `/hold\n\n${'[a]('.repeat(16_000)}`,
    'backtick runs of every length': `/hold\n\n${Array.from({ length: 340 }, (_, i) => '`'.repeat(i + 1)).join('a')}`,
    'a thousand lines of tags': `/hold\n\n${`${'<a '.repeat(20)}\n`.repeat(990)}`,
    'e-mail-like text': `/hold\n\n${'a.'.repeat(16_000)}@`,
  };
  it.each(Object.entries(heavy))('%s after a command do not hide it', (_, text) => {
    expect(names(text)).toEqual(['hold']);
  });
});
