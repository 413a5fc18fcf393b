import { z } from 'zod';
import type { Handler } from '../handler.ts';
import { type Settings, settingsShape } from './settings.ts';

/** The part of a handler that its section of the file is checked by. */
export type Section = Pick<Handler, 'name' | 'options'>;

/** A checked file: what all handlers share, and the parsed options of each handler that has a section. */
export type Configuration = { settings: Settings; sections: ReadonlyMap<string, unknown> };

/**
 * Schema of `.github/sig-runtime.yml`: shared settings and one optional section per handler, named like the handler. Strict: an unknown
 * key is an error, so that a typo never switches something off in silence. An absent section switches its handler off.
 */
export function configurationSchema(handlers: readonly Section[]) {
  const sections = Object.fromEntries(handlers.map(({ name, options }) => [name, options.optional()]));
  return z.strictObject({ ...settingsShape, ...sections });
}

/** Splits what the schema made of a file. */
export function toConfiguration(parsed: Readonly<Record<string, unknown>>, handlers: readonly Section[]): Configuration {
  const { version, mode, labels, maintainers, noise } = parsed as Settings;
  const sections = handlers.flatMap(({ name }) => (parsed[name] === undefined ? [] : [[name, parsed[name]] as const]));
  return { settings: { version, mode, labels, maintainers, noise }, sections: new Map(sections) };
}
