import { PlaybookError } from './error.ts';
import { patternProblem } from './match/pattern.ts';
import { parseYaml } from './read-yaml.ts';
import { FrontMatter, type Playbook, SECTIONS } from './schema.ts';

const FENCE = '---\n';

/**
 * Reads one `playbook.md`: YAML front matter between two `---` lines, then the five sections as `##` headings.
 * @param file name used in messages
 * @param slug folder name, must start with the id
 * @throws PlaybookError `SYNTAX` | `SCHEMA` | `PATTERN` | `SECTION`, each naming file, line and remedy
 */
export function parsePlaybook(file: string, slug: string, source: string): Playbook {
  const text = source.replaceAll('\r\n', '\n');
  const end = text.indexOf(`\n${FENCE}`, FENCE.length - 1);
  if (!text.startsWith(FENCE) || end < 0) {
    throw new PlaybookError('SYNTAX', `${file}:1: no front matter; start the file with a line "---", the YAML, and a second line "---"`);
  }
  const front = parseYaml(file, text.slice(FENCE.length, end + 1), FrontMatter, 1);
  if (!slug.startsWith(`${front.id}-`)) {
    throw new PlaybookError('SCHEMA', `${file}:2: id ${front.id} does not fit the folder ${slug}; name the folder ${front.id}-<slug>`);
  }
  checkPatterns(file, text, front);
  const bodyStart = end + 1 + FENCE.length;
  const body = text.slice(bodyStart);
  return { ...front, slug, body, sections: parseSections(file, body, lineAt(text, bodyStart)) };
}

function checkPatterns(file: string, text: string, front: FrontMatter): void {
  front.rules.forEach((rule, index) => {
    const own = rule.pattern === undefined ? undefined : patternProblem(rule.pattern, rule.requires === undefined);
    const guards = [...(rule.requires ?? []), ...(rule.forbids ?? [])].map((pattern) => patternProblem(pattern));
    for (const problem of [own, ...guards]) {
      if (problem) throw new PlaybookError('PATTERN', `${file}:${lineOfRule(text, index)}: rules.${index}: ${problem}`);
    }
  });
}

function lineOfRule(text: string, index: number): number {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith('rules:'));
  let seen = -1;
  let indent: number | undefined;
  for (let at = start + 1; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const dash = line.length - line.trimStart().length;
    if (!line.trimStart().startsWith('- ') || (indent !== undefined && dash !== indent)) continue;
    indent ??= dash;
    seen += 1;
    if (seen === index) return at + 1;
  }
  return start + 1;
}

function parseSections(file: string, body: string, firstBodyLine: number): Playbook['sections'] {
  const sections = { Symptom: '', Evidence: '', Cause: '', Fix: '', Verify: '' };
  const found: { name: string; line: number; content: string[] }[] = [];
  let fence = '';
  body.split('\n').forEach((line, index) => {
    const marker = line.startsWith('```') ? '```' : line.startsWith('~~~') ? '~~~' : '';
    if (marker && !fence) fence = marker;
    else if (marker && marker === fence) fence = '';
    if (!fence && line.startsWith('## ')) found.push({ name: line.slice(3).trim(), line: firstBodyLine + index, content: [] });
    else found.at(-1)?.content.push(line);
  });
  SECTIONS.forEach((name, index) => {
    const section = found[index];
    if (section?.name !== name) {
      const line = section?.line ?? firstBodyLine;
      throw new PlaybookError(
        'SECTION',
        `${file}:${line}: section ${index + 1} is "${section?.name ?? 'missing'}"; it must be "## ${name}"`,
      );
    }
    sections[name] = section.content.join('\n').trim();
    if (sections[name] === '') throw new PlaybookError('SECTION', `${file}:${section.line}: section ${name} is empty; write it`);
  });
  const extra = found[SECTIONS.length];
  if (extra)
    throw new PlaybookError('SECTION', `${file}:${extra.line}: unexpected section "${extra.name}"; use only ${SECTIONS.join(', ')}`);
  return sections;
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
