import { loadCatalog } from '@sig-runtime/playbooks/catalog/load';
import type { Argv } from 'yargs';
import { configurationJsonSchema } from '../configuration/json-schema.ts';
import { parseConfiguration } from '../configuration/parse.ts';

import { appManifest } from '../github/app-manifest.ts';
import { handlers } from '../handlers/index.ts';
import { botOptions } from '../options.ts';
import { settingsEntries } from '../rendering/settings-patch.ts';
import type { Surroundings } from './program.ts';

/** Commands that need no running bot: they read files and print. */
export function addFileCommands(program: Argv, io: Surroundings, exit: { code: number }): Argv {
  const print = (text: string): void => void io.stdout.write(`${text}\n`);
  return program
    .command(
      'config-check <file>',
      'check a .github/sig-runtime.yml; - reads standard input',
      (command) =>
        command
          .positional('file', { type: 'string', demandOption: true, describe: 'the file' })
          .option('json', { type: 'boolean', default: false, describe: 'print JSON' })
          .example('npm run -s bot -- config-check .github/sig-runtime.yml', 'every problem with line, column and remedy'),
      ({ file, json }) => {
        const parsed = parseConfiguration(io.readFile(file), handlers);
        exit.code = parsed.ok ? 0 : 1;
        if (json) return print(JSON.stringify(parsed.ok ? { ok: true, handlers: [...parsed.configuration.sections.keys()] } : parsed));
        if (!parsed.ok)
          return print(
            parsed.errors.map((error) => `${file}:${error.line}:${error.column}: ${error.message} (${error.remedy})`).join('\n'),
          );
        const { settings, sections } = parsed.configuration;
        print(`${file} is fine: mode ${settings.mode}, handlers on: ${[...sections.keys()].join(', ') || 'none'}`);
      },
    )
    .command(
      'config-schema',
      'print the JSON schema of .github/sig-runtime.yml',
      (command) => command,
      () => print(JSON.stringify(configurationJsonSchema(handlers), null, 2)),
    )
    .command(
      'manifest',
      'print the GitHub App manifest: exactly the permissions and events that the handlers declare',
      (command) =>
        command
          .option('url', { type: 'string', default: 'https://bot.example.org', describe: 'public address of the bot' })
          .example(
            'npm run -s bot -- manifest --url https://bot.example.org',
            'for the manifest flow or for comparing with the settings of the App',
          ),
      ({ url }) =>
        print(
          JSON.stringify(
            appManifest(handlers, {
              name: 'SIG Runtime',
              homepageUrl: url,
              webhookUrl: new URL(botOptions.webhookPath.default, url).href,
              redirectUrl: new URL('/setup/created', url).href,
            }),
            null,
            2,
          ),
        ),
    )
    .command(
      'labels',
      "print the labels the SIG proposes, as entries for the organisation's settings file; the bot never creates them on its own",
      (command) => command.option('all', { type: 'boolean', default: false, describe: 'also those that are declared upstream already' }),
      ({ all }) => print(settingsEntries(loadCatalog().labels.labels.filter((label) => all || !label.declaredUpstream)).trimEnd()),
    );
}
