import type { Product } from '../schema.ts';
import type { Evidence } from '../types.ts';
import type { Line } from './lines.ts';

type Statement = { product: Product; pattern: RegExp; words: readonly string[] };
const NUMBER = String.raw`v?(\d{1,3}\.\d{1,3}(?:\.\d{1,3})?(?:-[0-9A-Za-z.]{1,30})?)`;
// `v2` is part of Flux's name, not of its version.
const BETWEEN = String.raw`(?:[ \t]{0,3}(?:version|tag|release|is|at|:|=|"|'|\x60|\*|-|@|>=|\(|server|server|git)){0,5}[ \t]{0,3}`;
const named = (name: string): RegExp => new RegExp(String.raw`(?<![\w./-])(?:${name})${BETWEEN}${NUMBER}(?![\w])`, 'gi');

/** Bounded repetitions only: every pattern looks at most about 150 characters past its first word, so reading stays linear. */
const STATEMENTS: readonly Statement[] = [
  { product: 'kro', pattern: named('kro(?: controller| chart| helm chart)?'), words: ['kro'] },
  { product: 'kro', pattern: /charts?\/kro[^\n]{0,60}--version[= ]v?(\d{1,3}\.\d{1,3}\.\d{1,3})/gi, words: ['kro'] },
  { product: 'kro', pattern: /\/kro[^\s]{0,20}[ \t\\]{1,4}--version[= ]v?(\d{1,3}\.\d{1,3}\.\d{1,3})/gi, words: ['kro'] },
  { product: 'flux', pattern: named('flux(?: ?cd)?(?: ?v2)?(?: cli| distribution)?'), words: ['flux'] },
  { product: 'flux', pattern: /distribution:[ \t]{0,3}(?:flux-)?v(\d{1,3}\.\d{1,3}\.\d{1,3})/gi, words: ['distribution'] },
  { product: 'kubernetes', pattern: named('kubernetes(?: server| cluster)?|k8s|server version|kubelet|kind node|kindest/node'), words: ['kubernetes', 'k8s', 'server version', 'kubelet', 'kind'] },
  { product: 'kubernetes', pattern: /gitversion:? ?\\?"v(\d{1,3}\.\d{1,3}\.\d{1,3})/gi, words: ['gitversion'] },
  { product: 'kubernetes', pattern: /kindest\/node:v(\d{1,3}\.\d{1,3}\.\d{1,3})/gi, words: ['kindest'] },
  { product: 'ocm-controller', pattern: named('(?:ocm )?controllers?(?: image| chart)?|ocm-k8s-toolkit|ocm-controllers?|ocm k8s toolkit'), words: ['controller', 'toolkit'] },
  { product: 'ocm-cli', pattern: named('ocm(?: cli)?'), words: ['ocm'] },
  { product: 'argo-cd', pattern: named('argo ?-?cd'), words: ['argo'] },
]; // biome-ignore format: one statement a row

const MAX_STATEMENTS = 100;

/** Versions that the text states for a product. A product name directly before (or a labelled line) is required. */
export function readVersions(lines: readonly Line[]): Evidence[] {
  const found: Evidence[] = [];
  for (const line of lines) {
    if (line.text.length < 6 || found.length >= MAX_STATEMENTS || !/\d\.\d/.test(line.text)) continue;
    const lower = line.text.toLowerCase();
    for (const { product, pattern, words } of STATEMENTS) {
      if (!words.some((word) => lower.includes(word))) continue;
      for (const match of line.text.matchAll(pattern)) {
        const version = (match[1] ?? '').replace(/[.-]+$/, '');
        if (
          product === 'ocm-controller' &&
          /(helm|source|kustomize|notification|image|ingress)[ -]?$/i.test(line.text.slice(0, match.index))
        )
          continue;
        const span = { start: line.start + match.index, end: line.start + match.index + match[0].length };
        found.push({ kind: 'version', span, text: match[0], version: { product, version } });
      }
    }
  }
  return found;
}
