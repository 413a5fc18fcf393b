import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { resolveConfiguration } from './resolve.ts';

const handlers = [
  { name: 'label', options: z.strictObject({ label: z.string().default('sig/runtime'), paths: z.array(z.string()).default([]) }) },
  { name: 'answer', options: z.strictObject({ threshold: z.number().default(0.8) }) },
];
const file = (sha: string, ...lines: string[]) => ({ sha, text: ['version: 1', ...lines].join('\n') });
const resolve = (files: Parameters<typeof resolveConfiguration>[0]) => {
  const result = resolveConfiguration(files, handlers);
  if (!result.ok) return result;
  const { configuration, ...rest } = result.resolved;
  return { ...rest, mode: configuration.settings.mode, sections: Object.fromEntries(configuration.sections) };
};

describe('resolving a configuration', () => {
  it('without files nothing is switched on and nothing is written', () => {
    expect(resolve({})).toEqual({ sha: 'default', source: 'default', mode: 'dry-run', sections: {} });
  });

  it('one file holds by itself', () => {
    expect(resolve({ organisation: file('aa', 'answer:') })).toMatchObject({ sha: 'aa', source: 'organisation', sections: { answer: {} } });
    expect(resolve({ repository: file('bb', 'mode: active') })).toMatchObject({ sha: 'bb', source: 'repository', mode: 'active' });
  });

  it("the repository's key replaces the organisation's as a whole, other keys are inherited", () => {
    const organisation = file('aa', 'mode: active', 'label: { label: area/x, paths: [a] }', 'answer: { threshold: 0.9 }');
    const repository = file('bb', 'label: { paths: [b] }');
    expect(resolve({ repository, organisation })).toEqual({
      sha: 'bb+aa',
      source: 'repository+organisation',
      mode: 'active',
      sections: { label: { label: 'sig/runtime', paths: ['b'] }, answer: { threshold: 0.9 } },
    });
  });

  it('the repository can switch off what the organisation switches on', () => {
    expect(resolve({ repository: file('bb', 'answer: false'), organisation: file('aa', 'answer:') })).toMatchObject({ sections: {} });
  });

  it('a file with errors resolves to nothing and is named', () => {
    expect(resolve({ repository: file('bb', 'nope: 1'), organisation: file('aa') })).toMatchObject({ ok: false, file: 'repository' });
    expect(resolve({ repository: file('bb'), organisation: file('aa', 'nope: 1') })).toMatchObject({ ok: false, file: 'organisation' });
  });
});
