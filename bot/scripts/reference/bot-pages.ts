import type { Manifest } from '../../src/manifest.ts';
import { code, page, sentence, table } from './markdown.ts';
import { optionRows } from './option-rows.ts';

export function botOptionsPage({ options }: Manifest): string {
  const rows = options.map(({ flag, env, help, secret, default: given }) => [
    code(flag),
    code(env),
    given === undefined ? 'none' : code(given),
    `${sentence(help)}${secret ? ' **Secret**: never printed or logged.' : ''}`,
  ]);
  return page('Options of the bot', 'bot/src/options.ts', [
    `For ${code('npm start')} and ${code('npm run -s bot -- start')}. A flag wins over its environment variable, the variable over what the` +
      ` set-up page saved, that over the default. An empty variable counts as not set.`,
    table(['Flag', 'Environment', 'Default', 'Meaning'], rows),
    `Two flags have no variable: ${code('--once')} replays the embedded week, reports and ends; ${code('--json')} reports as one JSON object.`,
    'What the bot does in a repository is not set here but in [`.github/sig-runtime.yml`](configuration.md).',
  ]);
}

export function handlersPage({ handlers, app }: Manifest): string {
  const permissions = Object.entries(app.permissions).map(([name, access]) => [
    code(name),
    access,
    handlers
      .filter((handler) => Object.hasOwn(handler.permissions, name))
      .map((handler) => code(handler.name))
      .join(', '),
  ]);
  return page('Handlers', 'bot/src/handlers/', [
    'Each is one behaviour of the bot and one section of [`.github/sig-runtime.yml`](configuration.md); an absent section switches it off.',
    table(
      ['Handler', 'What it does'],
      handlers.map(({ name, summary }) => [`[${code(name)}](#${name})`, sentence(summary)]),
    ),
    ...handlers.map(handlerSection),
    '## Permissions of the App',
    'The union of what the handlers declare, and nothing else. A permission that an installation lacks degrades only the handlers named here.',
    table(['Permission', 'Access', 'For'], permissions),
    `Events: ${app.events.map(code).join(', ')}.`,
  ]);
}

function handlerSection({ name, summary, on, needs, permissions, options, example }: Manifest['handlers'][number]): string {
  const rows = optionRows(options).map((row) => [code(row.key), row.default, row.values, sentence(row.meaning)]);
  return [
    `## ${name}`,
    `${sentence(summary)} [More](../../bot/src/handlers/${name}/README.md)`,
    [
      `- Events: ${on.map(code).join(', ')}`,
      `- Reads: ${needs.length === 0 ? 'nothing but the event' : needs.map(code).join(', ')}`,
      `- Permissions: ${Object.entries(permissions)
        .map(([permission, access]) => code(`${permission}: ${access}`))
        .join(', ')}`,
    ].join('\n'),
    rows.length === 0 ? 'It has no options.' : table(['Option', 'Default', 'Values', 'Meaning'], rows),
    `\`\`\`yaml\n${example}\n\`\`\``,
  ].join('\n\n');
}

const WHO: Readonly<Record<Manifest['commands'][number]['who'], string>> = {
  anyone: 'anyone',
  author: 'author, triage',
  triage: 'triage',
  maintainer: 'maintainer',
};

export function commandsPage({ commands }: Manifest): string {
  const rows = commands.map(({ usage, example, who, newcomers, summary }) => [
    code(usage),
    summary,
    WHO[who],
    newcomers ? 'yes' : 'no',
    code(example),
  ]);
  return page('Commands', 'bot/src/commands/table.ts', [
    'One per line, first thing on the line, in issues, pull requests, reviews and discussions. Quotes, code and edits that do not add a command' +
      ' are ignored. Rules and roles in full: [handler `commands`](../../bot/src/handlers/commands/README.md).',
    table(['Command', 'What it does', 'Who', 'Newcomers', 'Example'], rows),
  ]);
}

export function metricsPage({ metrics }: Manifest): string {
  return page('Metrics of the bot', 'bot/src/operations/metrics.ts', [
    'Prometheus text at `/metrics` of the admin listener, beside the process metrics of Node (`process_*`, `nodejs_*`). Where from, how to alarm:' +
      ' [Install and operate the bot](../operate-the-bot.md#watch-it).',
    table(
      ['Metric', 'Meaning'],
      metrics.map(({ name, help }) => [code(name), help]),
    ),
  ]);
}
