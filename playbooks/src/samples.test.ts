import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { extractEvidence } from './evidence/extract.ts';
import { loadPlaybooksWithSamples } from './load.ts';
import { createMatcher } from './match/matcher.ts';
import { createTriage } from './triage.ts';

const all = loadPlaybooksWithSamples();
const matcher = createMatcher(all.map(({ playbook }) => playbook));
const triage = createTriage(all.map(({ playbook }) => playbook));

const answers = new Map<string, string>();

function answer(sample: string): string {
  const known = answers.get(sample);
  if (known) return known;
  const diagnosis = matcher.diagnose(extractEvidence('', sample));
  const given = diagnosis.verdict === 'answer' ? diagnosis.best.playbook : 'none';
  answers.set(sample, given);
  return given;
}

describe.each(all.map(({ playbook, samples }) => ({ id: playbook.id, playbook, samples })))('$id', ({ id, playbook, samples }) => {
  it('answers each of its positive samples first', () => {
    expect(samples.positive.map(answer)).toEqual(samples.positive.map(() => id));
  });

  it('answers none of its negative samples', () => {
    expect(samples.negative.map(answer)).not.toContain(id);
  });

  it('answers no positive sample of a playbook that is not related', () => {
    const strangers = all.filter((other) => other.playbook.id !== id && !playbook.related.includes(other.playbook.id));
    const taken = strangers.flatMap((other) =>
      other.samples.positive.filter((sample) => answer(sample) === id).map((sample) => `${other.playbook.id}: ${sample}`),
    );
    expect(taken).toEqual([]);
  });

  it('is not withheld from its own samples because they look foreign', () => {
    const withheld = samples.positive.filter((body) => triage({ title: '', body, kind: 'issue' }).diagnosis.verdict === 'abstain');
    expect(withheld).toEqual([]);
  });

  it('shows commands that a shell can parse', () => {
    const script = fences(playbook.body, ['sh', 'bash', 'shell']).join('\n');
    const parsed = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
    expect(parsed.stderr).toBe('');
    expect(parsed.status).toBe(0);
  });

  it('shows YAML that parses', () => {
    const broken = fences(playbook.body, ['yaml', 'yml']).filter((text) =>
      parseAllDocuments(text).some((document) => 'errors' in document && document.errors.length > 0),
    );
    expect(broken).toEqual([]);
  });
});

/** Contents of fenced blocks in one of the languages, indented ones too. */
function fences(markdown: string, languages: readonly string[]): string[] {
  const found: string[] = [];
  let open: { indent: number; lines: string[]; wanted: boolean } | undefined;
  for (const line of markdown.split('\n')) {
    const text = line.trim();
    if (open && text === '```') {
      if (open.wanted) found.push(open.lines.join('\n'));
      open = undefined;
    } else if (open) open.lines.push(line.slice(open.indent));
    else if (text.startsWith('```'))
      open = { indent: line.indexOf('`'), lines: [], wanted: languages.includes(text.slice(3).split(' ')[0] ?? '') };
  }
  return found;
}
