import type { Argv } from 'yargs';
import type { StoredDecision } from '../decision.ts';
import type { DeadLetter } from '../store/port.ts';
import { operate } from './client.ts';
import { table } from './table.ts';

export type Output = { write(text: string): void };

const DEFAULT_ADMIN = 'http://127.0.0.1:3001';

/** Commands that ask a running bot: everything an operator does on day two. */
export function addOperationCommands(program: Argv, output: Output, readFile: (path: string) => string): Argv {
  const print = (json: boolean, data: unknown, human: () => string) => output.write(`${json ? JSON.stringify(data) : human()}\n`);
  const common = (command: Argv) =>
    command
      .option('admin', { type: 'string', default: DEFAULT_ADMIN, describe: 'admin address of the bot' })
      .option('json', { type: 'boolean', default: false, describe: 'print JSON' });
  return program
    .command(
      'dead-letters',
      'list deliveries that could not be decided, or put them back',
      (command) =>
        common(command)
          .option('replay', { type: 'boolean', default: false, describe: 'put them back into the inbox' })
          .option('guid', { type: 'string', array: true, describe: 'only these deliveries (default: all)' })
          .example('npm run -s bot -- dead-letters --replay', 'decide all dead letters again'),
      async ({ admin, json, replay, guid }) => {
        if (replay) {
          const result = await operate(admin, 'dead-letters/replay', guid ? { guids: guid } : {});
          return print(json, result, () => `${(result as { replayed: number }).replayed} deliveries put back`);
        }
        const letters = (await operate(admin, 'dead-letters', {})) as readonly DeadLetter[];
        print(json, letters, () =>
          table(
            ['delivery', 'event', 'attempts', 'error'],
            letters.map((letter) => [letter.guid, letter.event, letter.attempts, letter.error]),
          ),
        );
      },
    )
    .command(
      'decisions',
      'the latest decisions and their reasons',
      (command) =>
        common(command)
          .option('subject', { type: 'string', describe: 'only of this item: repository/<id>/item/<number>' })
          .option('handler', { type: 'string', describe: 'only of this handler' })
          .option('limit', { type: 'number', default: 50, describe: 'at most so many' })
          .example('npm run -s bot -- decisions --handler answer', 'what was answered, what was not, and why'),
      async ({ admin, json, subject, handler, limit }) => {
        const decisions = (await operate(admin, 'decisions', { subject, handler, limit })) as readonly StoredDecision[];
        print(json, decisions, () =>
          table(
            ['at', 'subject', 'rule', 'verdict', 'because'],
            decisions.map((d) => [d.at, d.subject, d.rule, d.verdict, d.because]),
          ),
        );
      },
    )
    .command(
      'shadow',
      'how label decisions compare with what people did afterwards',
      (command) =>
        common(command)
          .option('label', { type: 'string', default: 'sig/runtime', describe: 'the label' })
          .example('npm run -s bot -- shadow', 'before switching from shadow to active'),
      async ({ admin, json, label }) => {
        const report = await operate(admin, 'shadow', { label });
        print(json, report, () =>
          table(
            ['measure', 'value'],
            Object.entries(report as object)
              .filter(([, value]) => !Array.isArray(value))
              .map(([key, value]) => [key, String(value)]),
          ),
        );
      },
    )
    .command(
      'undo',
      'take back what the bot wrote; shows the plan unless --apply is given',
      (command) =>
        common(command)
          .option('effect', { type: 'number', array: true, describe: 'only these effects, by id' })
          .option('from', { type: 'string', describe: 'everything since this time (RFC 3339)' })
          .option('to', { type: 'string', describe: 'and before this time' })
          .option('apply', { type: 'boolean', default: false, describe: 'do it' })
          .conflicts('effect', 'from')
          .example('npm run -s bot -- undo --from 2026-09-07T08:00:00Z --apply', 'after a bad rule'),
      async ({ admin, json, effect, from, to, apply }) => {
        const plan = (await operate(admin, 'undo', { ids: effect, from, to, apply })) as {
          added: number;
          waiting: number;
          effects: { takesBack: number; effect: { type: string } }[];
        };
        print(json, plan, () => {
          const rows = plan.effects.map((entry) => [entry.takesBack, entry.effect.type, JSON.stringify(entry.effect)]);
          return `${table(['takes back', 'by', 'effect'], rows)}\n${apply ? `${plan.added} effects on their way, ${plan.waiting} waiting ones stopped` : 'nothing was done: add --apply'}`;
        });
      },
    )
    .command(
      'policy-replay <configuration>',
      'decide stored deliveries again under another configuration and show what would change',
      (command) =>
        common(command)
          .positional('configuration', { type: 'string', demandOption: true, describe: 'a .github/sig-runtime.yml' })
          .option('from', { type: 'string', demandOption: true, describe: 'first time of arrival (RFC 3339)' })
          .option('to', { type: 'string', describe: 'up to this time (default: now)' })
          .example('npm run -s bot -- policy-replay new.yml --from 2026-09-07T00:00:00Z', 'before merging new.yml'),
      async ({ admin, json, configuration, from, to }) => {
        type Report = {
          deliveries: number;
          same: number;
          different: { event: string; subject: string; before: string[]; after: string[] }[];
        };
        const report = (await operate(admin, 'policy-replay', { configuration: readFile(configuration), from, to })) as Report;
        print(json, report, () => {
          const rows = report.different.map((difference) => [
            difference.event,
            difference.subject,
            difference.before.join('; ') || '-',
            difference.after.join('; ') || '-',
          ]);
          return `${report.deliveries} deliveries, ${report.same} decided the same, ${report.different.length} differently\n${table(['event', 'subject', 'before', 'after'], rows)}`;
        });
      },
    );
}
