import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { LabelName } from './label-name.ts';
import { parseConfiguration } from './parse.ts';

const handlers = [
  { name: 'label', options: z.strictObject({ label: LabelName.default('sig/runtime'), paths: z.array(z.string()).default([]) }) },
  {
    name: 'answer',
    options: z.strictObject({ threshold: z.number().min(0).max(1).default(0.8), inner: z.strictObject({ deep: z.boolean() }).optional() }),
  },
  { name: 'config-check', options: z.strictObject({}) },
];
const parse = (text: string) => parseConfiguration(text, handlers);
const problems = (text: string) => {
  const parsed = parse(text);
  return parsed.ok ? [] : parsed.errors.map(({ line, column, message, remedy }) => `${line}:${column} ${message} -> ${remedy}`);
};
const sections = (text: string) => {
  const parsed = parse(text);
  return parsed.ok ? Object.fromEntries(parsed.configuration.sections) : parsed.errors;
};

describe('reading .github/sig-runtime.yml', () => {
  it('the smallest file is a version; nothing is switched on and nothing is written', () => {
    const parsed = parse('version: 1');
    expect(parsed).toMatchObject({ ok: true, configuration: { settings: { mode: 'dry-run', labels: { create: false } } } });
    expect(sections('version: 1')).toEqual({});
  });

  it('names the first hundred problems of a file that is nothing but problems', () => {
    const parsed = parse(`version: 1\n${Array.from({ length: 500 }, (_, n) => `k${n}: 1`).join('\n')}`);
    expect(parsed.ok ? [] : parsed.errors).toHaveLength(100);
  });

  it('a section switches its handler on; an empty one takes all defaults, false and absence leave it off', () => {
    expect(sections('version: 1\nlabel:\nanswer: { threshold: 0.5 }\nconfig-check: false')).toEqual({
      label: { label: 'sig/runtime', paths: [] },
      answer: { threshold: 0.5 },
    });
  });

  it('an empty group of settings takes its defaults', () => {
    expect(parse('version: 1\nnoise:\nlabels: {}')).toMatchObject({
      ok: true,
      configuration: { settings: { labels: { create: false } } },
    });
  });

  it('reports every problem with its place and what to do', () => {
    const text = [
      'version: 2',
      'mode: aktive',
      'lable: {}',
      'labels: { create: true }',
      'answer:',
      '  treshold: 0.5',
      '  inner: { deep: 3, extra: 1 }',
      'noise: { commentsPerItemPerDay: 99 }',
      'maintainers: { teams: ["@acme/team"] }',
    ].join('\n');
    expect(problems(text)).toMatchInlineSnapshot(`
      [
        "1:10 version: invalid input: expected 1 -> one of: 1",
        "2:7 mode: invalid option: expected one of "dry-run"|"shadow"|"active" -> one of: dry-run, shadow, active",
        "3:1 unknown key lable in the file -> did you mean label?",
        "6:3 unknown key treshold in answer -> did you mean threshold?",
        "7:18 answer.inner.deep: Invalid input: expected boolean, received number -> see what answer allows in docs/reference/configuration.md",
        "7:21 unknown key extra in answer.inner -> remove it; known here: deep",
        "8:33 noise.commentsPerItemPerDay: Too big: expected number to be <=20 -> see what noise allows in docs/reference/configuration.md",
        "9:24 maintainers.teams.0: a team is organisation/slug, without @ -> see what maintainers allows in docs/reference/configuration.md",
      ]
    `);
  });

  it.each<[string, string, string]>([
    ['a list', '- a', 'not a mapping'],
    ['nothing', '', 'not a mapping'],
    ['a missing version', 'mode: active', 'version is missing'],
    ['bad syntax', 'version: 1\nlabel: [', 'not valid YAML'],
    ['a key given twice', 'version: 1\nmode: active\nmode: shadow', '3:1 not valid YAML: Map keys must be unique'],
    ['two documents', 'version: 1\n---\nversion: 1', 'not valid YAML'],
    ['an anchor', 'version: 1\nlabel: &a {}', '2:11 anchors and aliases'],
    ['an alias', 'version: 1\nlabel: &a {}\nanswer: *a', '3:9 anchors and aliases'],
    ['a key that is no string', 'version: 1\n? [a]\n: 1', 'not valid YAML'],
    ['a section that is no mapping', 'version: 1\nlabel: true', '2:8 label:'],
  ])('refuses %s', (_, text, message) => {
    expect(problems(text).join('\n')).toContain(message);
  });

  it('a section called like a built-in property of objects is an unknown key', () => {
    expect(problems('version: 1\nconstructor: {}').join()).toContain('unknown key constructor');
    expect(problems('version: 1\n__proto__: { mode: active }').length).toBeGreaterThan(0);
  });

  it.each<[string, string]>([
    ['too many bytes', `# ${'x'.repeat(65_536)}`],
    ['too many lines', 'a: 1\n'.repeat(2001)],
    ['too many keys in a flow mapping', `{version: 1, ${Array.from({ length: 3_000 }, (_, n) => `k${n}`).join(', ')}}`],
    ['too many anchors', `version: 1\n${'&a '.repeat(3_000)}`],
    ['deep flow collections', '['.repeat(30_000)],
    ['deep compact sequences', '- '.repeat(30_000)],
    ['deep explicit keys', '? '.repeat(30_000)],
  ])('refuses %s before parsing', (_, text) => {
    expect(parse(text)).toMatchObject({ ok: false, errors: [{ message: expect.stringMatching(/larger|lines|nesting|entries/) }] });
  });

  it('survives deep nesting over many lines', () => {
    expect(parse(`version: 1\nlabel:\n${'[\n'.repeat(1500)}`).ok).toBe(false);
    expect(parse(`version: 1\nlabel:\n${'[\n'.repeat(900)}${']\n'.repeat(900)}`).ok).toBe(false);
  });
});
