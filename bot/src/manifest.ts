import { COMMANDS } from './commands/table.ts';
import { configurationJsonSchema, type JsonSchema } from './configuration/json-schema.ts';
import { eventsOf, permissionsOf } from './github/app-manifest.ts';
import { handlers } from './handlers/index.ts';
import { METRICS } from './operations/metrics.ts';
import { botOptions, flagOf, type Option } from './options.ts';

const configuration = configurationJsonSchema(handlers);

/** Schema of one handler's section, taken from the schema of the whole file. */
function sectionOf(name: string): JsonSchema {
  const section = configuration.properties?.[name];
  return section?.anyOf?.[0] ?? section ?? {};
}

/**
 * What the bot is, as plain data that survives JSON: the reference pages and the site are made of this and read nothing else of the bot.
 * Order is the order of declaration.
 */
export const manifest = {
  options: Object.entries(botOptions as Record<string, Option>).map(([name, option]) => ({
    flag: flagOf(name),
    env: option.env,
    help: option.help,
    secret: option.secret === true,
    ...(option.default === undefined ? {} : { default: option.default }),
  })),
  handlers: handlers.map(({ name, on, needs, permissions, help }) => ({
    name,
    summary: help.summary,
    example: help.example,
    on,
    needs,
    permissions,
    options: sectionOf(name),
  })),
  commands: Object.values(COMMANDS),
  metrics: Object.entries(METRICS).map(([name, help]) => ({ name, help })),
  app: { permissions: permissionsOf(handlers), events: eventsOf(handlers) },
  configuration,
};
export type Manifest = typeof manifest;
