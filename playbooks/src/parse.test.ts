import { describe, expect, it } from 'vitest';
import { PlaybookError } from './error.ts';
import { contentDirectory, loadPlaybooks, loadPlaybooksWithSamples } from './load.ts';
import { parsePlaybook } from './parse.ts';
import { parseSamples } from './samples.ts';

const FRONT = `---
id: PB-099
title: Something does not work
summary: It is broken for a reason that is told here.
products: [{ name: kro }]
severity: blocked
rules:
  - pattern: 'it is broken'
    confidence: 0.9
---
`;
const BODY = '## Symptom\na\n## Evidence\nb\n## Cause\nc\n## Fix\n```sh\n## not a heading\n```\n## Verify\ne\n';

const failure = (run: () => unknown): PlaybookError => {
  try {
    run();
  } catch (error) {
    if (error instanceof PlaybookError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('reading a playbook', () => {
  it('gives front matter, slug and the five sections', () => {
    const playbook = parsePlaybook('x.md', 'PB-099-x', FRONT + BODY);
    expect(playbook.slug).toBe('PB-099-x');
    expect(playbook.sections.Fix).toContain('## not a heading');
    expect(playbook.rules[0]?.confidence).toBe(0.9);
  });

  it('names file, line and remedy when there is no front matter', () => {
    const error = failure(() => parsePlaybook('x.md', 'PB-099-x', BODY));
    expect(error.code).toBe('SYNTAX');
    expect(error.message).toMatch(/^x\.md:1: no front matter; start the file/);
  });

  it('names the line of a field that does not fit the schema', () => {
    const error = failure(() => parsePlaybook('x.md', 'PB-099-x', FRONT.replace('severity: blocked', 'severity: terrible') + BODY));
    expect(error.code).toBe('SCHEMA');
    expect(error.message).toMatch(/^x\.md:6: severity: /);
  });

  it('names the line of broken YAML', () => {
    const error = failure(() => parsePlaybook('x.md', 'PB-099-x', FRONT.replace('severity: blocked', 'severity: [blocked') + BODY));
    expect(error.code).toBe('SYNTAX');
    expect(error.message).toMatch(/^x\.md:\d+: /);
  });

  it.each([
    ['(?=ahead)', 'not RE2 syntax'],
    ['[0-9]+', 'literal characters'],
  ])('refuses the pattern %s and names the rule', (pattern, why) => {
    const error = failure(() => parsePlaybook('x.md', 'PB-099-x', FRONT.replace('it is broken', pattern) + BODY));
    expect(error.code).toBe('PATTERN');
    expect(error.message).toMatch(/^x\.md:8: rules\.0: /);
    expect(error.message).toContain(why);
  });

  it('refuses a missing, an empty and an additional section', () => {
    expect(failure(() => parsePlaybook('x.md', 'PB-099-x', FRONT + BODY.replace('## Cause', '## Reason'))).message).toContain(
      'must be "## Cause"',
    );
    expect(failure(() => parsePlaybook('x.md', 'PB-099-x', FRONT + BODY.replace('\nb\n', '\n'))).message).toContain(
      'section Evidence is empty',
    );
    expect(failure(() => parsePlaybook('x.md', 'PB-099-x', `${FRONT}${BODY}## More\nf\n`)).message).toContain('unexpected section "More"');
  });

  it('refuses an id that does not fit the folder', () => {
    expect(failure(() => parsePlaybook('x.md', 'PB-001-x', FRONT + BODY)).message).toContain('name the folder PB-099-<slug>');
  });

  it('refuses samples that are too few', () => {
    expect(failure(() => parseSamples('s.yaml', 'positive: [one two three]\nnegative: []\n')).code).toBe('SCHEMA');
  });
});

describe('loading all playbooks', () => {
  it('finds PB-001 to PB-035, each once, ordered by id', () => {
    const ids = loadPlaybooks().map(({ id }) => id);
    expect(ids).toEqual(Array.from({ length: 35 }, (_, index) => `PB-${String(index + 1).padStart(3, '0')}`));
  });

  it('finds relations declared on both sides', () => {
    const playbooks = loadPlaybooks();
    const oneSided = playbooks.flatMap(({ id, related }) =>
      related
        .filter((other) => !playbooks.find((playbook) => playbook.id === other)?.related.includes(id))
        .map((other) => `${id} → ${other}`),
    );
    expect(oneSided).toEqual([]);
  });

  it('says which folder is missing', () => {
    const error = failure(() => loadPlaybooksWithSamples(`${contentDirectory}nowhere`));
    expect(error.code).toBe('NOT_FOUND');
    expect(error.message).toContain('no such folder');
  });
});
