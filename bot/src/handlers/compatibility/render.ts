import type { Product } from '@sig-runtime/playbooks/catalog';
import type { Knowledge } from '../../handler.ts';
import { playbookUrl } from '../../rendering/playbook-answer.ts';
import { inlineCode } from '../../rendering/quote.ts';
import type { Findings, Said } from './findings.ts';
import type { Finding } from './options.ts';

type Facts = Pick<Knowledge, 'catalog' | 'siteUrl'>;

const HEADINGS: Record<Finding, string> = {
  fail: 'known not to work',
  partial: 'known to work in part only',
  fault: 'known fault',
  ended: 'out of support',
  outside: 'not tried, as far as is known',
};

/** What the matrix says, entry by entry. Sources are named, not linked: a link would show up on every upstream pull request. */
export function renderFindings({ said, found, notFound }: Findings, facts: Facts): string {
  const names = (products: Findings['found']) => products.map(({ product, version }) => `${nameOf(product, facts)} ${inlineCode(version)}`);
  return [
    `**Versions in the text:** ${names(found).join(', ')}`,
    said.map((one) => entry(one, names(one.products), facts)).join('\n'),
    ...(notFound.length > 0
      ? [`Version not found in the text, so not compared: ${notFound.map((product) => nameOf(product, facts)).join(', ')}.`]
      : []),
    `<sub>From the compatibility matrix of SIG Runtime, as of ${facts.catalog.versions.asOf}` +
      `${facts.catalog.support.status === 'proposed' ? '; the support window is a proposal' : ''}. ` +
      'It compares the versions above and nothing else; this need not be the cause.</sub>',
  ].join('\n\n');
}

function entry({ finding, what, remedy, playbook, source }: Said, names: readonly string[], { siteUrl }: Facts): string {
  const more = [
    ...(remedy === null ? [] : [remedy]),
    ...(playbook === null ? [] : [`See [${playbook}](${playbookUrl(playbook, siteUrl)}).`]),
    ...(source === null ? [] : [`(${inlineCode(source)})`]),
  ];
  return `- ${names.join(' with ')}: **${HEADINGS[finding]}**. ${[what, ...more].join(' ')}`;
}

function nameOf(product: Product, { catalog }: Facts): string {
  return catalog.versions.products.find((known) => known.product === product)?.name ?? product;
}
