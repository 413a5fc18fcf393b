import { parseYaml } from './read-yaml.ts';
import { Samples } from './schema.ts';

/** Reads one `samples.yaml`: texts as people paste them. @throws PlaybookError `SYNTAX` | `SCHEMA` */
export function parseSamples(file: string, source: string): Samples {
  return parseYaml(file, source, Samples, 0);
}
