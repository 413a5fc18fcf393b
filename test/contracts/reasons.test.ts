import { reasonRows } from '@sig-runtime/playbooks/catalog';
import { loadCatalog } from '@sig-runtime/playbooks/catalog/load';
import { loadPlaybooks } from '@sig-runtime/playbooks/load';
import { describe, expect, it } from 'vitest';

const playbooks = loadPlaybooks();
const ids = new Set(playbooks.map(({ id }) => id));
const rows = reasonRows(loadCatalog().reasons);
const controller = rows.filter(({ product }) => product === 'ocm-controller');

/** Front matter says `Component`, the catalogue `Component.delivery.ocm.software`: of the controller's kinds the first word decides. */
const line = (playbook: string, kind: string, condition: string, reason: string): string =>
  `${playbook}: ${kind.split('.')[0]} ${condition} ${reason}`;

const inCatalogue = new Set(
  controller.flatMap(({ kind, condition, reason, causes }) =>
    causes.flatMap(({ playbook }) => (typeof playbook === 'string' ? [line(playbook, kind, condition, reason)] : [])),
  ),
);
const inFrontMatter = playbooks.flatMap(({ id, emittedAs }) =>
  emittedAs.map(({ kind, condition, reason }) => line(id, kind, condition, reason)),
);

describe('playbook identifiers', () => {
  it('PB-001 to PB-035 are there, each once, and no other', () => {
    const wanted = Array.from({ length: 35 }, (_, index) => `PB-${String(index + 1).padStart(3, '0')}`);
    expect(playbooks.map(({ id }) => id)).toEqual(wanted);
  });

  it('related is said on both sides, of others that exist', () => {
    const oneSided = playbooks.flatMap(({ id, related }) =>
      related.filter((other) => other === id || !playbooks.find((playbook) => playbook.id === other)?.related.includes(id)),
    );
    expect(oneSided).toEqual([]);
  });
});

describe("reasons and playbooks, for everything the OCM controller's catalogue holds", () => {
  it('covers all five kinds', () => {
    const kinds = new Set(controller.map(({ kind }) => kind.split('.')[0]));
    expect([...kinds].sort()).toEqual(['Component', 'Deployer', 'Replication', 'Repository', 'Resource']);
  });

  it('a cause that names a playbook stands in the front matter of that playbook (emittedAs)', () => {
    expect([...inCatalogue].filter((entry) => !inFrontMatter.includes(entry))).toEqual([]);
  });

  it('a playbook claims only causes that the catalogue assigns to it, each once', () => {
    expect(inFrontMatter.filter((entry) => !inCatalogue.has(entry))).toEqual([]);
    expect(inFrontMatter.length).toBe(new Set(inFrontMatter).size);
  });

  it('every reason of a playbook rule for a kind of the controller is one that the kind can show', () => {
    const known = new Set(controller.map(({ kind, reason }) => `${kind.split('.')[0]} ${reason}`));
    const ours = (kind: string) => controller.some((row) => row.kind === kind || row.kind.split('.')[0] === kind);
    const unknown = playbooks.flatMap(({ id, rules }) =>
      rules.flatMap(({ kinds = [], reasons = [] }) => {
        const candidates = kinds.filter(ours).map((kind) => kind.split('.')[0]);
        if (candidates.length === 0) return [];
        return reasons.filter((reason) => !candidates.some((kind) => known.has(`${kind} ${reason}`))).map((reason) => `${id}: ${reason}`);
      }),
    );
    expect(unknown).toEqual([]);
  });
});

describe('reasons of kro and Flux', () => {
  it('name only playbooks that exist', () => {
    const others = rows.filter(({ product }) => product !== 'ocm-controller');
    expect(others.length).toBeGreaterThan(20);
    const unknown = others.flatMap(({ product, reason, causes }) =>
      causes.flatMap(({ playbook }) => (typeof playbook === 'string' && !ids.has(playbook) ? [`${product} ${reason}: ${playbook}`] : [])),
    );
    expect(unknown).toEqual([]);
  });
});
