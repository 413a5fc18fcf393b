import { type Playbook, SIGNALS } from '@sig-runtime/playbooks';
import { anchorsOf } from '../../playbooks/src/match/anchors.ts';

/** GitHub's largest issue body, and the most that the matcher reads of a text. */
export const TEXT_CHARS = 65_536;

export type BenchText = { name: string; hostile: boolean; text: string };

/** Texts of 64 Ki characters: what people paste, and what somebody would write who wants the matcher to work hard. */
export function benchTexts(playbooks: readonly Playbook[]): readonly BenchText[] {
  const words = literals(playbooks);
  const hostile: Record<string, string> = {
    'unclosed parentheses': '(',
    'nested brackets': '{"a":[({<',
    'one word, one line': 'a',
    'unclosed comments and fences': '<!-- ``` ~~~ [x](<!--\n',
    'every literal, one line': words.map((word) => `${word} `).join(''),
    'every literal, many lines': words.map((word) => `${word}\n`).join(''),
    'every literal but its last letter': words.map((word) => `${word.slice(0, -1)}~ `).join(''),
    'starts of every pattern': beginnings(playbooks).join('\n'),
    'starts of every pattern, one line': beginnings(playbooks).join(' '),
    'conditions without end': '- type: Ready\n  status: "False"\n  reason: GetComponentVersionFailed\n  message: \'',
    'indentation that only grows': Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}kind:\n`).join(''),
    'table rows': 'NAME READY STATUS REASON MESSAGE AGE\nx False False CheckVersionFailed 401 1d\n',
    'log lines cut short': '{"level":"error","ts":"2026-08-30T19:41:02Z","msg":"Reconciler error","error":"failed to ',
    'half a secret': 'password: "token=Bearer eyJ -----BEGIN RSA PRIVATE KEY----- https://a:b ghp_ ',
    'letters that change length in lower case': 'İ ẞ ȺfailedȾ \u0301\u0301 𝕜𝕣𝕠 \uD800 ',
    'spaces and tabs': ' \t',
  };
  return [
    { name: 'ordinary: logs, conditions, manifests', hostile: false, text: ordinary() },
    ...Object.entries(hostile).map(([name, unit]) => ({ name, hostile: true, text: filled(unit) })),
  ];
}

/** The unit again and again, cut at 64 Ki. */
export function filled(unit: string, chars: number = TEXT_CHARS): string {
  return unit.repeat(Math.ceil(chars / unit.length)).slice(0, chars);
}

/** Every literal that lets the matcher or the scope model run a pattern. */
function literals(playbooks: readonly Playbook[]): readonly string[] {
  return [...new Set(patterns(playbooks).flatMap((pattern) => anchorsOf(pattern) ?? []))];
}

/** Each pattern with its wildcards written out and its last character wrong: a match that fails as late as it can. */
function beginnings(playbooks: readonly Playbook[]): readonly string[] {
  return patterns(playbooks).map((pattern) =>
    pattern
      .replace(/\(\?[a-z:]*|[()^$?\\]/g, '')
      .replace(/\.[*+]|\[[^\]]{0,80}\][*+]?/g, ' x ')
      .replace(/\{\d+,?\d*\}/g, '')
      .replace(/.$/, '~'),
  );
}

function patterns(playbooks: readonly Playbook[]): readonly string[] {
  const rules = playbooks.flatMap(({ rules }) => rules);
  const ofRules = rules.flatMap(({ pattern, requires, forbids }) => [
    ...(pattern === undefined ? [] : [pattern]),
    ...(requires ?? []),
    ...(forbids ?? []),
  ]);
  return [...ofRules, ...SIGNALS.flatMap(({ pattern, also }) => [pattern, ...(also === undefined ? [] : [also])])];
}

/** A report as people write it when they paste everything: sentences, a description, a manifest with status, controller logs. */
function ordinary(): string {
  const parts: string[] = ['After the upgrade the Component of our OCM controller never becomes ready. All we have:\n'];
  for (let part = 0, length = 0; length < TEXT_CHARS; part++) {
    const next = section(part);
    parts.push(next);
    length += next.length;
  }
  return parts.join('\n').slice(0, TEXT_CHARS);
}

function section(part: number): string {
  const at = `2026-09-14T06:${String(part % 60).padStart(2, '0')}:44Z`;
  const name = `shop-${part}`;
  return [
    '```',
    `$ kubectl describe components.delivery.ocm.software ${name} -n shop`,
    `Name:         ${name}\nNamespace:    shop\nAPI Version:  delivery.ocm.software/v1alpha1\nKind:         Component\nStatus:\n  Conditions:`,
    `    Last Transition Time:  ${at}\n    Message:               waiting for the component version`,
    '    Reason:                ProgressingWithRetry\n    Status:                False\n    Type:                  Ready',
    'Events:\n  Type     Reason   Age   From                  Message',
    `  Normal   Progressing  ${part}m  component-controller  resolving ${name} from registry.example.com/shop/${name}:1.${part}.0`,
    '```\n```yaml',
    `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n  namespace: shop\nspec:\n  replicas: 2\n  template:\n    spec:`,
    `      containers:\n        - name: ${name}\n          image: registry.example.com/shop/${name}:1.${part}.0\n          ports:\n            - containerPort: 8080`,
    '```\n```',
    ...Array.from(
      { length: 6 },
      (_, line) =>
        `{"level":"info","ts":"${at}","msg":"reconciling","controller":"component","controllerGroup":"delivery.ocm.software","controllerKind":"Component","Component":{"name":"${name}","namespace":"shop"},"reconcileID":"${part}-${line}-4bd1"}`,
    ),
    '```\nWe restarted the pods, and nothing changed after ten minutes.\n',
  ].join('\n');
}
