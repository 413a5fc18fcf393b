import { describe, expect, it } from 'vitest';
import { decideDowngrade } from './downgrade.ts';

describe('the downgrade rule', () => {
  it.each([
    ['Deny', '', '1.0.0', { kind: 'accepted', reason: 'first' }],
    ['Deny', '1.0.0', '1.0.0', { kind: 'accepted', reason: 'same-or-higher' }],
    ['Deny', '1.0.0+b', '1.0.0+a', { kind: 'accepted', reason: 'same-or-higher' }],
    ['Deny', '1.0.0', '1.0.1', { kind: 'accepted', reason: 'same-or-higher' }],
    ['Deny', '0.0.3', '0.0.2', { kind: 'denied', current: '0.0.3', candidate: '0.0.2' }],
    ['Allow', '0.0.3', '0.0.2', { kind: 'accepted', reason: 'downgrade-allowed' }],
    ['Deny', '1.0.0', '1.0.0-rc.1', { kind: 'denied', current: '1.0.0', candidate: '1.0.0-rc.1' }],
    ['Enforce', '0.0.3', '0.0.2', { kind: 'unknown-policy', policy: 'Enforce' }],
    ['Deny', 'latest', '1.0.0', { kind: 'unreadable', field: 'current', version: 'latest' }],
    ['Allow', '1.0.0', 'latest', { kind: 'unreadable', field: 'candidate', version: 'latest' }],
  ])('%s from %j to %j', (policy, current, candidate, decision) => {
    expect(decideDowngrade(policy, current, candidate)).toEqual(decision);
  });
});
