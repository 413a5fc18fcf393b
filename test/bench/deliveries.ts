import { createRequire } from 'node:module';
import { loadPlaybooksWithSamples } from '@sig-runtime/playbooks/load';
import { sign } from '../../bot/src/intake/signature.ts';
import type { RepositoryRef } from '../../bot/src/item.ts';

export const SECRET = 'a secret for the benchmark only, 40 bytes';
export const REPOSITORY: RepositoryRef = { installationId: 1, repositoryId: 2, owner: 'acme', name: 'app', private: false };

/** Title and body of an issue, by its number. */
export type ItemText = (number: number) => { title: string; body: string };

/** A payload of GitHub's own examples for `issues`, about one item, signed. The GUID is not part of it. */
export type SignedBody = { body: Buffer; signature: string };
export type Delivery = SignedBody & { guid: string };

/** The playbooks' own text samples in turn: what users paste, some to be answered and some to be left alone. */
export function sampleTexts(): ItemText {
  const texts = loadPlaybooksWithSamples().flatMap(({ playbook, samples }) =>
    [...samples.positive, ...samples.negative].map((body) => ({ title: `Runtime: ${playbook.title}`, body })),
  );
  return (number) => texts[number % texts.length] ?? { title: 'Runtime', body: '' };
}

/** `count` bodies over `items` items: every example of an `issues` event in turn, so that the actions differ. */
export function signedBodies({ count, items, textOf }: { count: number; items: number; textOf: ItemText }): readonly SignedBody[] {
  const examples = issueExamples();
  return Array.from({ length: count }, (_, index) => {
    const number = 1 + (index % items);
    const example = examples[index % examples.length] ?? {};
    const body = Buffer.from(JSON.stringify(about(example, number, textOf)));
    return { body, signature: sign(body, SECRET) };
  });
}

/**
 * Deliveries in sending order: `count` with a GUID of their own, and after every 20th one that was sent ten before, again. Bodies are
 * used in turn.
 */
export function* deliveriesOf(bodies: readonly SignedBody[], count: number): Generator<Delivery> {
  const one = (index: number): Delivery => ({ ...(bodies[index % bodies.length] as SignedBody), guid: guidOf(index) });
  for (let index = 0; index < count; index++) {
    yield one(index);
    if (index % DUPLICATE_EVERY === DUPLICATE_EVERY - 1) yield one(index - 10);
  }
}

const DUPLICATE_EVERY = 20;
export const duplicatesAmong = (count: number): number => Math.floor(count / DUPLICATE_EVERY);

export function guidOf(index: number): string {
  return `0000bece-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
}

type Example = { issue?: object; repository?: object };

function issueExamples(): readonly Example[] {
  const events = createRequire(import.meta.url)('@octokit/webhooks-examples') as { name: string; examples: Example[] }[];
  return events.find(({ name }) => name === 'issues')?.examples ?? [];
}

function about(example: Example, number: number, textOf: ItemText): object {
  const { installationId, repositoryId, owner, name } = REPOSITORY;
  return {
    ...example,
    installation: { id: installationId },
    repository: { ...example.repository, id: repositoryId, name, full_name: `${owner}/${name}`, owner: { login: owner }, private: false },
    issue: { ...example.issue, number, node_id: `I_${number}`, ...textOf(number) },
  };
}
