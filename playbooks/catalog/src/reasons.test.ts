import { describe, expect, it } from 'vitest';
import { conditionsOf } from './conditions.ts';
import { loadCatalog } from './load.ts';
import { meaning, meanings, playbooksFor, reasonRows } from './reasons.ts';

const { reasons, conditions } = loadCatalog();

/** Reasons that the Go controller writes, by kind (controller source, one entry per reason and kind). */
const EMITTED: Record<string, readonly string[]> = {
  Repository: ['GetConfigurationFailed', 'GetRepositoryFailed', 'DeletionFailed', 'Succeeded'],
  Component: [
    'GetConfigurationFailed',
    'GetRepositoryFailed',
    'CheckVersionFailed',
    'GetComponentVersionFailed',
    'GetResourceFailed',
    'ResolutionInProgress',
    'DeletionFailed',
    'Succeeded',
  ],
  Resource: [
    'GetConfigurationFailed',
    'GetRepositoryFailed',
    'GetComponentVersionFailed',
    'ResourceIsNotAvailable',
    'GetOCMResourceFailed',
    'ResolutionInProgress',
    'MarshalFailed',
    'StatusSetFailed',
    'DeletionFailed',
    'Succeeded',
  ],
  Deployer: [
    'GetConfigurationFailed',
    'GetRepositoryFailed',
    'GetComponentVersionFailed',
    'ResourceIsNotAvailable',
    'GetOCMResourceFailed',
    'ResolutionInProgress',
    'ComponentDriftResolutionInProgress',
    'ApplyFailed',
    'ResourceNotSynced',
    'Succeeded',
  ],
  Replication: [
    'GetConfigurationFailed',
    'GetRepositoryFailed',
    'ResourceIsNotAvailable',
    'ResolutionInProgress',
    'ReplicationFailed',
    'TransferInProgress',
    'TransferComplete',
    'DeletionFailed',
    'Succeeded',
  ],
};

describe('reasons of the OCM controller', () => {
  it.each(Object.entries(EMITTED))('lists exactly the reasons that %s can show', (kind, expected) => {
    const rows = reasonRows(reasons).filter((row) => row.product === 'ocm-controller' && row.kind === `${kind}.delivery.ocm.software`);
    expect(new Set(rows.map((row) => row.reason))).toEqual(new Set(expected));
  });

  it('keeps the reasons that the API defines and nothing writes', () => {
    const unused = reasons.reasons.filter((entry) => !entry.emitted).map((entry) => entry.reason);
    expect(unused).toEqual(['GetReferenceFailed', 'ProgressingWithRetry']);
  });

  it('gives failures a cause that is not normal, and success one that is', () => {
    for (const row of reasonRows(reasons)) {
      if (row.normal)
        expect(
          row.causes.some((cause) => cause.normal === true || cause.playbook === 'PB-035'),
          `${row.kind} ${row.reason}`,
        ).toBe(true);
      else
        expect(
          row.causes.some((cause) => cause.normal !== true),
          `${row.kind} ${row.reason}`,
        ).toBe(true);
    }
  });

  it('says how long an unfinished state is normal whenever lasting is a fault', () => {
    const unbounded = reasonRows(reasons).filter(
      (row) =>
        row.normal &&
        row.normalForUpTo === undefined &&
        row.condition === 'Ready' &&
        row.status === 'False' &&
        row.causes.some((cause) => cause.playbook !== undefined),
    );
    expect(unbounded).toEqual([]);
  });
});

describe('asking for a reason', () => {
  it('tells kinds apart', () => {
    expect(meaning(reasons, 'Component', 'GetResourceFailed')?.meaning).toMatch(/Repository/);
    expect(meaning(reasons, 'Resource', 'GetResourceFailed')).toBeUndefined();
    expect(playbooksFor(reasons, 'Component', 'GetComponentVersionFailed')).toEqual(
      expect.arrayContaining(['PB-001', 'PB-016', 'PB-017', 'PB-018']),
    );
    expect(playbooksFor(reasons, 'Component.delivery.ocm.software', 'CheckVersionFailed')).toEqual([
      'PB-001',
      'PB-002',
      'PB-015',
      'PB-021',
    ]);
  });

  it('tells conditions and products apart that share a reason', () => {
    expect(meanings(reasons, 'Replication', 'ReplicationFailed').map((row) => row.condition)).toEqual(['Ready', 'TransferInProgress']);
    expect(playbooksFor(reasons, 'ResourceGraphDefinition', 'Failed', 'KindReady')).toContain('PB-006');
    expect(playbooksFor(reasons, 'ResourceGraphDefinition', 'Failed', 'GraphRevisionsResolved')).not.toContain('PB-006');
    expect(meaning(reasons, 'HelmRelease', 'RetriesExceeded')?.retry).toBe('never');
  });

  it('takes kinds that it does not know for instances of kro', () => {
    expect(playbooksFor(reasons, 'Tenant', 'UnderDeletion')).toContain('PB-011');
    expect(playbooksFor(reasons, 'Tenant.example.org', 'UnderDeletion')).toContain('PB-011');
    expect(playbooksFor(reasons, 'HelmRelease', 'UnderDeletion')).toEqual([]);
    expect(playbooksFor(reasons, 'Resource.example.org', 'GetOCMResourceFailed')).toEqual([]);
  });

  it('answers nothing for a reason it does not know', () => {
    expect(meaning(reasons, 'Component', 'MadeUp')).toBeUndefined();
    expect(playbooksFor(reasons, 'Component', 'Succeeded')).toEqual(['PB-018']);
  });
});

describe('condition types', () => {
  it('links the old name in kro to the new one', () => {
    expect(conditionsOf(conditions, 'ResourceGraphDefinition', 'ResourceGraphAccepted')).toMatchObject([
      { until: '0.9.0', renamedTo: 'GraphAccepted' },
    ]);
    expect(conditionsOf(conditions, 'ResourceGraphDefinition', 'GraphAccepted')).toMatchObject([{ since: '0.9.0' }]);
  });

  it('knows that the Go controller never sets Stalled while Flux does', () => {
    expect(conditionsOf(conditions, 'Component', 'Stalled')).toMatchObject([{ present: 'never' }]);
    expect(conditionsOf(conditions, 'HelmRelease', 'Stalled')).toMatchObject([{ present: 'only-when-true', polarity: 'negative' }]);
    expect(conditionsOf(conditions, 'Tenant').map((entry) => entry.type)).toContain('InstanceManaged');
  });

  it('renames only to types of the same kind', () => {
    for (const { renamedTo, kinds } of conditions.conditions)
      if (renamedTo !== undefined) for (const kind of kinds) expect(conditionsOf(conditions, kind, renamedTo), renamedTo).not.toEqual([]);
  });
});
