import { defineHandler } from '../../handler.ts';
import { decideLabel } from './decide.ts';
import { LabelOptions } from './options.ts';

export const label = defineHandler({
  name: 'label',
  on: [
    'issues.opened',
    'issues.edited',
    'issues.reopened',
    'pull_request.opened',
    'pull_request.edited',
    'pull_request.synchronize',
    'pull_request.reopened',
    'pull_request.ready_for_review',
    'discussion.created',
    'discussion.edited',
    'schedule.reconcile',
  ],
  needs: ['item', 'files', 'repositoryLabels', 'history'],
  permissions: { metadata: 'read', issues: 'write', pull_requests: 'write', discussions: 'write' },
  options: LabelOptions,
  help: {
    summary: 'Labels runtime issues, discussions and pull requests, with the reason on record.',
    example: 'label:\n  label: sig/runtime\n  paths:\n    - kubernetes/controller/**',
  },
  decide: decideLabel,
});
