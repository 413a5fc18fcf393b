import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Answer, RequestBody, ServerState } from './protocol.ts';

export type Program = 'bot' | 'probot';

/** A server under test in a process of its own, so that its memory and its event loop are its own. */
export type Child = {
  url: string;
  state(): Promise<ServerState>;
  known(guids: readonly string[]): Promise<number>;
  /** Peak memory counts from here on; resolves with the state now. */
  resetPeak(): Promise<ServerState>;
};

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/node', import.meta.url));
/** Both programs start from kept compiled sources, as `launch.mjs` and the container file make the bot do. */
const COMPILE_CACHE = [
  '--import',
  `data:text/javascript,import{enableCompileCache}from'node:module';enableCompileCache(${JSON.stringify(CACHE)})`,
];

/** The bot runs as in its container file: growth of the heap is kept small. Probot runs as its users run it. */
const FLAGS: Record<Program, readonly string[]> = {
  bot: ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=1', '--optimize-for-size'],
  probot: ['--disable-warning=ExperimentalWarning'],
};
const STOP_TIMEOUT_MS = 10_000;

/** Starts the program with `items` seeded items, hands it to `use`, and ends it with its folder, whatever happens. */
export async function withChild<Result>(program: Program, items: number, use: (child: Child) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'sig-runtime-bench-'));
  const child = fork(fileURLToPath(new URL(`${program}-server.ts`, import.meta.url)), [], {
    execArgv: [...COMPILE_CACHE, ...FLAGS[program]],
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const ask = questions(child);
  try {
    const url = (await ask({ type: 'start', items, directory })) as string;
    const result = await use({
      url,
      state: async () => (await ask({ type: 'state' })) as ServerState,
      known: async (guids) => (await ask({ type: 'known', guids })) as number,
      resetPeak: async () => (await ask({ type: 'reset-peak' })) as ServerState,
    });
    await ask({ type: 'stop' });
    return result;
  } finally {
    await ended(child);
    await rm(directory, { recursive: true, force: true });
  }
}

/** Starts and ends the program once, so that its compiled sources are kept before anything is measured. */
export function warmUp(program: Program): Promise<void> {
  return withChild(program, 1, async () => undefined);
}

/** Pairs answers with questions; all open ones fail when the child ends. */
function questions(child: ChildProcess): (body: RequestBody) => Promise<unknown> {
  const open = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  child.on('message', ({ id, value, error }: Answer) => {
    const waiting = open.get(id);
    open.delete(id);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(new Error(`the server under test failed: ${error}`));
  });
  child.once('exit', (code, signal) => {
    for (const { reject } of open.values()) reject(new Error(`the server under test ended early (${signal ?? code})`));
    open.clear();
  });
  return (body) =>
    new Promise((resolve, reject) => {
      lastId += 1;
      open.set(lastId, { resolve, reject });
      child.send({ id: lastId, ...body }, (error) => error && reject(error));
    });
}

/** Resolves when the child is gone; one that does not go by itself is killed. */
function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    if (child.connected) child.disconnect();
  });
}
