import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText } from './clean.ts';

const EMPTY_TEMPLATE = `<!-- Please only report bugs of ocm-controllers here; add kubernetes resource manifests -->
**What happened**:

**What you expected to happen**:

<!-- controller logs, DockerConfig, \`ocm transfer\` -->
**How to reproduce it (as minimally and precisely as possible)**:

**Environment**:
<!-- kubernetes/kro/flux version -->
- Kubernetes version:
- kro version:

#### Checklist
- [ ] I have tested the controller
`;

describe('cleaning', () => {
  it('leaves nothing of a template that was not filled in', () => {
    expect(cleanText(EMPTY_TEMPLATE).trim()).toBe('');
  });

  it('keeps a section that has an answer and drops its empty neighbour', () => {
    const cleaned = cleanText('## What happened\nIt broke\n\n## Logs\n\n## Version\n_No response_\n');
    expect(cleaned).toContain('## What happened\nIt broke');
    expect(cleaned).not.toContain('Logs');
    expect(cleaned).not.toContain('Version');
  });

  it('keeps a heading whose subsection has an answer', () => {
    expect(cleanText('# Bug\n## Environment\nkind v0.30\n')).toBe('# Bug\n## Environment\nkind v0.30\n');
  });

  it('keeps comments, boxes and headings inside fenced code', () => {
    const text = 'See:\n```yaml\n<!-- kept -->\n# Heading\n- [ ] box\n```\n';
    expect(cleanText(text)).toBe(text);
  });

  it('does not take a fence inside a comment for the start of code', () => {
    expect(cleanText('<!-- example:\n```\ncode\n-->\nreal').trim()).toBe('real');
  });

  it('hides the rest of the text after a comment that opens a line and never ends', () => {
    expect(cleanText('before\n<!-- secret words\nmore').trim()).toBe('before');
    expect(cleanText('an inline <!-- is literal text')).toBe('an inline <!-- is literal text');
  });

  it('keeps ticked boxes and drops unticked ones', () => {
    expect(cleanText('- [x] done\n- [ ] open\n').trim()).toBe('- [x] done');
  });

  it('keeps a list field whose value stands below it', () => {
    const text = '- flux version:\n  v2.7.3\n';
    expect(cleanText(text)).toBe(text);
  });

  const markdown = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '<!--',
          '-->',
          '```',
          '~~~',
          '# a',
          '## b',
          '- [ ] x',
          '- [x] y',
          '**Q**:',
          '- field:',
          '_No response_',
          '\r',
          '',
          '   ',
        ),
        fc.string({ maxLength: 12 }),
      ),
      { maxLength: 40 },
    )
    .map((lines) => lines.join('\n'));

  it('keeps the length, every line break and every kept character in place, whatever the text', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const cleaned = cleanText(text);
        expect(cleaned.length).toBe(text.length);
        for (let at = 0; at < text.length; at++) {
          if (cleaned[at] !== ' ') expect(cleaned[at]).toBe(text[at]);
          if (text[at] === '\n') expect(cleaned[at]).toBe('\n');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('changes nothing when applied again', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
      }),
      { numRuns: 300 },
    );
  });
});
