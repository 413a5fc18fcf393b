import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from './markdown.ts';

const render = (markdown: string) => renderMarkdown(markdown).markup;

describe('Markdown on the pages of the embedded GitHub', () => {
  it.each([
    ['# Title', '<h2>Title</h2>'],
    ['`a<b`', '<p><code>a&lt;b</code></p>'],
    ['```yaml\nkind: Component\n```', '<pre><code>kind: Component</code></pre>'],
    ['> quoted', '<blockquote><p>quoted</p></blockquote>'],
    ['- [x] done\n- [ ] open', '<ul><li class="task">☑ done</li><li class="task">☐ open</li></ul>'],
    ['- one\n- two', '<ul><li>one</li><li>two</li></ul>'],
    ['- one\n\n  more', '<ul><li><p>one</p><p>more</p></li></ul>'],
    ['| a | b |\n|---|---|\n| 1 | 2 |', '<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>'],
    ['[docs](https://ocm.software)', '<p><a href="https://ocm.software" rel="nofollow noopener noreferrer">docs</a></p>'],
  ])('%j', (markdown, markup) => {
    expect(render(markdown)).toBe(markup);
  });

  it('hides comments, whole or cut off', () => {
    expect(render('before\n\n<!-- sig-runtime: answer v=1 -->\n\nafter')).toBe('<p>before</p><p>after</p>');
    expect(render('before\n\n<!-- never closed')).toBe('<p>before</p>');
  });

  it('shows tags of the author as text and folds what may be folded', () => {
    expect(render('<img src=x onerror=alert(1)>')).not.toContain('<img');
    expect(render('<details>\n<summary>Why</summary>\n\nBecause.\n\n</details>')).toBe(
      '<details>\n<summary>Why</summary><p>Because.</p></details>',
    );
    expect(render('<details>\n\nnever closed')).toBe('<details><p>never closed</p></details>');
    expect(render('</details>\n\nnever opened')).not.toContain('</details>');
  });

  it('shows small print and closes it where it was left open', () => {
    expect(render('<sub>Chosen by `rules`.</sub>')).toBe('<p><sub>Chosen by <code>rules</code>.</sub></p>');
    expect(render('<sub>open')).toBe('<p><sub>open</p></sub>');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '//elsewhere.example', 'vbscript:x'])('makes no link of %s', (url) => {
    expect(render(`[click](${url})`)).toBe('<p>click</p>');
  });

  it('lets no tag through that it did not write itself', () => {
    const allowed =
      /<\/?(p|h[2-6]|ul|ol|li|pre|code|em|strong|del|blockquote|table|tr|th|td|br|hr|details|summary|kbd|sub|a)( open| class="task"| href="[^"<>]*" rel="nofollow noopener noreferrer")?>/g;
    const piece = fc.oneof(
      fc.constantFrom('<script>', '<!--', '-->', '<details>', '"', '](', '[', '`', '<b onclick=x>', '\n\n'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(render(pieces.join('')).replace(allowed, '')).not.toMatch(/[<>]/);
      }),
    );
  });
});
