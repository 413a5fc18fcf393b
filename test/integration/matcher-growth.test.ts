import { cleanText, createMatcher, createScopeModel, extractEvidence } from '@sig-runtime/playbooks';
import { loadPlaybooks } from '@sig-runtime/playbooks/load';
import { RE2JS } from 're2js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { benchTexts } from '../bench/texts.ts';

const playbooks = loadPlaybooks();
const matcher = createMatcher(playbooks);
const scope = createScopeModel();
const title = 'Component is not ready';
const texts = benchTexts(playbooks);

/** What one reading asks of RE2JS: characters tested, and characters in which a match is located (the dear part). */
function work(text: string): { tested: number; located: number } {
  const set = extractEvidence(title, text);
  const test = vi.spyOn(RE2JS.prototype, 'test');
  const locate = vi.spyOn(RE2JS.prototype, 'matcher');
  scope.decide({ title, text: set.text });
  matcher.diagnose(set);
  const chars = (calls: readonly (readonly unknown[])[]) => calls.reduce((sum, [part]) => sum + String(part).length, 0);
  const counted = { tested: chars(test.mock.calls), located: chars(locate.mock.calls) };
  vi.restoreAllMocks();
  return counted;
}

afterEach(() => vi.restoreAllMocks());

describe('the work of the matcher', () => {
  it.each(texts)('grows no faster than the text: $name', ({ text }) => {
    const half = work(text.slice(0, text.length / 2));
    const whole = work(text);
    expect(whole.tested).toBeLessThanOrEqual(3 * half.tested + 10_000);
    expect(whole.located).toBeLessThanOrEqual(3 * half.located + 2_000);
  });

  it.each(texts)('is bounded for one text, whatever it says: $name', ({ text }) => {
    const { tested, located } = work(text);
    expect(tested).toBeLessThanOrEqual(320_000);
    expect(located).toBeLessThanOrEqual(16_000);
  });

  it('looks for the end of a comment once, however many begin and never end', () => {
    const indexOf = vi.spyOn(String.prototype, 'indexOf');
    cleanText('x <!-- y\n'.repeat(7_000));
    const searches = indexOf.mock.calls.filter(([part]) => part === '-->').length;
    vi.restoreAllMocks();
    expect(searches).toBeGreaterThan(0);
    expect(searches).toBeLessThan(5);
  });
});
