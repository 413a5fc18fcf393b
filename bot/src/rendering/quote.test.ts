import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { cell, fenced, inlineCode, plain } from './quote.ts';

const tree = (markdown: string) => fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
const types = (node: Nodes): string[] => [node.type, ...('children' in node ? node.children.flatMap(types) : [])];

const nasty = fc
  .array(
    fc.constantFrom(
      '`',
      '```',
      '~~~',
      '\n',
      '<!-- ',
      '-->',
      '<b>',
      '@octocat',
      '#12',
      '[a](https://x.example)',
      '|',
      '\\',
      '*',
      ' ',
      'text',
      '\u200b',
      '\u202e',
      '\ud83d\ude00',
      'https://x.example',
      'www.x.example',
      '&lt;',
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

describe('quoting user text', () => {
  it('a fence is longer than any run of backticks inside it', () => {
    expect(fenced('a\n````yaml\nb')).toBe('`````text\na\n````yaml\nb\n`````');
  });

  it('whatever the text, a fenced quotation is exactly one code block', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(types(tree(fenced(text)))).toEqual(['root', 'code']);
      }),
    );
  });

  it('whatever the text, a cell is one code span in one cell', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const [table] = tree(`| a | b |\n| --- | --- |\n| ${cell(text)} | y |\n`).children;
        const row = table?.type === 'table' ? table.children[1] : undefined;
        expect(row?.children.map(types)).toEqual([
          ['tableCell', 'inlineCode'],
          ['tableCell', 'text'],
        ]);
      }),
      { examples: [['x\\|@octocat [l](https://x.example)']] },
    );
  });

  it('whatever the text, a code span is one code span and one line', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const parsed = types(tree(`x ${inlineCode(text)} y`));
        expect(parsed.filter((type) => type !== 'text')).toEqual(['root', 'paragraph', 'inlineCode']);
      }),
    );
  });

  it('whatever the text, plain prose has no markup, link or HTML', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const parsed = types(tree(`x ${plain(text)} y`));
        expect(new Set(parsed)).toEqual(new Set(['root', 'paragraph', 'text']));
      }),
    );
  });

  it('mentions, references and addresses in prose are broken up', () => {
    expect(plain('@octocat see #12, GH-7, https://x.example and www.x.example')).toBe(
      '@\u200boctocat see #\u200b12, GH\u200b-7, https:\u200b//x.example and www\u200b.x.example',
    );
  });

  it('a marker of ours inside quoted text is no marker any more', () => {
    for (const quoted of [fenced('<!-- sig-runtime:answer -->'), inlineCode('<!-- a -->'), plain('<!-- a -->')]) {
      expect(quoted).not.toContain('<!--');
    }
  });

  it('invisible and direction-changing characters are made visible', () => {
    expect(inlineCode('hi\u200bgh \u202egpj')).toBe('`hi\ufffdgh \ufffdgpj`');
  });

  it('long text is cut without splitting a character, and says so', () => {
    expect(fenced(`${'x'.repeat(9)}\ud83d\ude00tail`, 'text', 10)).toBe(`\`\`\`text\n${'x'.repeat(9)}… (6 more characters)\n\`\`\``);
  });

  it('a table cell keeps its pipes', () => {
    const parsed = tree(`| a |\n| - |\n| ${cell('x | y')} |`);
    expect(types(parsed).filter((type) => type === 'tableCell')).toHaveLength(2);
  });
});
