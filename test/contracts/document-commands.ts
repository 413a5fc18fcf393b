import { type Fence, fencesOf } from '../markdown.ts';
import { trackedFiles } from '../sources.ts';

export type DocumentCommand = {
  path: string;
  line: number;
  command: string;
  /** From a trailing `# exit 3`; 0 without. */
  exitCode: number;
  /** Of the block ```text output right below, when the command stands alone; a last line `…` leaves the rest open. */
  output?: string;
};

/** Every command that a reader is told to type: lines of the `sh` blocks of README and docs, continued ones joined. */
export function documentCommands(): readonly DocumentCommand[] {
  const documents = trackedFiles().filter((path) => /^(README|CONTRIBUTING|SECURITY)\.md$|^docs\/.*\.md$/.test(path));
  return documents.flatMap((path) => {
    const fences = fencesOf(path);
    return fences.flatMap((fence, index) => (fence.language === 'sh' ? commandsOf(fence, fences[index + 1]) : []));
  });
}

function commandsOf(fence: Fence, next: Fence | undefined): readonly DocumentCommand[] {
  const lines = fence.text.replaceAll('\\\n', ' ').split('\n');
  const commands = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const output = next?.meta === 'output' && commands.length === 1 ? { output: next.text } : {};
  return commands.map((line) => {
    const exit = /\s+# exit (\d+)$/.exec(line);
    const command = exit ? line.slice(0, exit.index) : line;
    return { path: fence.path, line: fence.line, command, exitCode: Number(exit?.[1] ?? 0), ...output };
  });
}

/** Whether `actual` is what a document shows. */
export function showsOutput(shown: string, actual: string): boolean {
  const open = shown.endsWith('\n…');
  return open ? actual.startsWith(shown.slice(0, -'…'.length)) : actual.trimEnd() === shown.trimEnd();
}
