import type { ListItem, Nodes, Parents, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { escapeHtml, Html } from '../../../operations/html.ts';

/** Tags that pass through, exactly as written here; everything else in angle brackets is shown as text. */
const passing: ReadonlySet<string> = new Set([
  '<details>',
  '<details open>',
  '</details>',
  '<summary>',
  '</summary>',
  '<br>',
  '<kbd>',
  '</kbd>',
  '<sub>',
  '</sub>',
]);
const closing = ['summary', 'kbd', 'sub', 'details'] as const;

/** GitHub-flavoured Markdown as safe HTML: no attribute, link or tag of the author's own gets through, comments vanish. */
export function renderMarkdown(markdown: string): Html {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return new Html(closed(render(tree)));
}

function render(node: Nodes): string {
  switch (node.type) {
    case 'text':
      return escapeHtml(node.value);
    case 'html':
      return passTags(withoutComments(node.value));
    case 'inlineCode':
      return `<code>${escapeHtml(node.value)}</code>`;
    case 'code':
      return `<pre><code>${escapeHtml(node.value)}</code></pre>`;
    case 'break':
      return '<br>';
    case 'thematicBreak':
      return '<hr>';
    case 'heading':
      return wrap(`h${Math.min(6, node.depth + 1)}`, node);
    case 'list':
      return wrap(node.ordered ? 'ol' : 'ul', node);
    case 'listItem':
      return listItem(node);
    case 'table':
      return renderTable(node);
    case 'link':
      return linked(node.url, inside(node));
    case 'image':
      return linked(node.url, `▧ ${escapeHtml(node.alt || 'image')}`);
    case 'imageReference':
      return escapeHtml(node.alt ?? '');
    default:
      return renderPlain(node);
  }
}

const tags: Readonly<Partial<Record<Nodes['type'], string>>> = {
  paragraph: 'p',
  emphasis: 'em',
  strong: 'strong',
  delete: 'del',
  blockquote: 'blockquote',
};

function renderPlain(node: Nodes): string {
  if (!('children' in node)) return '';
  const tag = tags[node.type];
  return tag ? wrap(tag, node) : inside(node);
}

function wrap(tag: string, node: Parents): string {
  return `<${tag}>${inside(node)}</${tag}>`;
}

function inside(node: Parents): string {
  return node.children.map(render).join('');
}

/** Lines of a tight list stand without the space of paragraphs. */
function listItem(item: ListItem): string {
  const lines = item.children.map((child) => (child.type === 'paragraph' && !item.spread ? inside(child) : render(child))).join('');
  if (typeof item.checked !== 'boolean') return `<li>${lines}</li>`;
  return `<li class="task">${item.checked ? '☑' : '☐'} ${lines}</li>`;
}

function renderTable(table: Table): string {
  const rows = table.children.map((row, index) => {
    const cell = index === 0 ? 'th' : 'td';
    return `<tr>${row.children.map((content) => wrap(cell, content)).join('')}</tr>`;
  });
  return `<table>${rows.join('')}</table>`;
}

/** Only web addresses and places on the page become links. */
function linked(url: string, label: string): string {
  const isSafe = /^(https?:\/\/|mailto:|#|\/(?!\/))/i.test(url);
  return isSafe ? `<a href="${escapeHtml(url)}" rel="nofollow noopener noreferrer">${label}</a>` : label;
}

function withoutComments(value: string): string {
  let [kept, rest] = ['', value];
  for (let start = rest.indexOf('<!--'); start >= 0; start = rest.indexOf('<!--')) {
    const end = rest.indexOf('-->', start);
    kept += rest.slice(0, start);
    rest = end < 0 ? '' : rest.slice(end + 3);
  }
  return kept + rest;
}

function passTags(value: string): string {
  return value
    .split(/(<[^<>]*>)/)
    .map((part) => (passing.has(part) ? part : escapeHtml(part)))
    .join('');
}

/** A tag left open must not swallow what comes after this text; one closed too often must not close ours. */
function closed(markup: string): string {
  let balanced = markup;
  for (const tag of closing) {
    const opened = balanced.split(`<${tag}>`).length + balanced.split(`<${tag} open>`).length - 2;
    const ended = balanced.split(`</${tag}>`).length - 1;
    if (ended > opened) balanced = balanced.replaceAll(`</${tag}>`, '').replaceAll(`<${tag}>`, '').replaceAll(`<${tag} open>`, '');
    else balanced += `</${tag}>`.repeat(opened - ended);
  }
  return balanced;
}
