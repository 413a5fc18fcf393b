/** `npm run generate`: writes the reference pages and the configuration's JSON schema from the tables in the code. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { referenceFiles } from './reference/files.ts';

const root = new URL('../../', import.meta.url);

for (const [path, content] of referenceFiles()) {
  const file = new URL(path, root);
  const changed = !existsSync(file) || readFileSync(file, 'utf8') !== content;
  if (changed) writeFileSync(file, content);
  process.stdout.write(`${changed ? 'written' : 'as it was'}  ${path}\n`);
}
