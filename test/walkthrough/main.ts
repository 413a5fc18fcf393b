/**
 * `npm run walkthrough [-- DIRECTORY]`: takes the pictures of docs/walkthrough.md in Chromium (default directory: docs/images).
 * The same sources and the same Chromium give the same pictures.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openCamera } from './camera.ts';
import { openWalkthrough } from './stage.ts';
import { walk } from './walk.ts';

const directory = process.argv[2] ?? fileURLToPath(new URL('../../docs/images', import.meta.url));
const say = (line: string): void => void process.stderr.write(`${line}\n`);

const camera = await openCamera(directory);
const stage = await openWalkthrough();
try {
  await walk(stage, camera, say);
} finally {
  await stage.close();
  await camera.close();
}
for (const file of camera.files) {
  process.stdout.write(`${file}  ${Math.ceil(statSync(join(directory, file)).size / 1024)} KiB\n`);
}
for (const problem of camera.problems) say(`problem: ${problem}`);
process.exitCode = camera.problems.length === 0 ? 0 : 1;
