import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseConfiguration } from './parse.ts';
import { resolveConfiguration } from './resolve.ts';

const handlers = [
  { name: 'label', options: z.strictObject({ label: z.string().default('sig/runtime'), paths: z.array(z.string()).default([]) }) },
  { name: 'answer', options: z.strictObject({ threshold: z.number().default(0.8) }) },
];
function resolve(...texts: string[]) {
  const files = texts.map((text, index) => {
    const parsed = parseConfiguration(`version: 1\n${text}`, handlers);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    return { sha: `sha${index}`, source: `file${index}`, raw: parsed.raw };
  });
  const resolved = resolveConfiguration(files, handlers);
  if (!resolved) return undefined;
  const { configuration, ...rest } = resolved;
  return { ...rest, mode: configuration.settings.mode, sections: Object.fromEntries(configuration.sections) };
}

describe('resolving a configuration', () => {
  it('without files there is none', () => {
    expect(resolve()).toBeUndefined();
  });

  it('one file holds by itself', () => {
    expect(resolve('answer:')).toEqual({ sha: 'sha0', source: 'file0', mode: 'dry-run', sections: { answer: { threshold: 0.8 } } });
  });

  it("the repository's key replaces the organisation's as a whole, other keys are inherited", () => {
    expect(resolve('mode: active\nlabel: { label: area/x, paths: [a] }\nanswer: { threshold: 0.9 }', 'label: { paths: [b] }')).toEqual({
      sha: 'sha0+sha1',
      source: 'file0 under file1',
      mode: 'active',
      sections: { label: { label: 'sig/runtime', paths: ['b'] }, answer: { threshold: 0.9 } },
    });
  });

  it('the repository can switch off what the organisation switches on, and on again what it switches off', () => {
    expect(resolve('answer:', 'answer: false')?.sections).toEqual({});
    expect(resolve('answer: false', 'answer:')?.sections).toEqual({ answer: { threshold: 0.8 } });
  });

  it('a key that is not written is inherited, even when its default differs', () => {
    expect(resolve('mode: shadow', 'label:')?.mode).toBe('shadow');
  });
});
