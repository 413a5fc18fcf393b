import { defineHandler } from '../../handler.ts';
import { decide } from './decide.ts';
import { LabelGuardOptions } from './options.ts';

export const labelGuard = defineHandler({
  name: 'label-guard',
  on: [
    'issues.labeled',
    'issues.unlabeled',
    'pull_request.labeled',
    'pull_request.unlabeled',
    'discussion.labeled',
    'discussion.unlabeled',
    'label.edited',
    'label.deleted',
  ],
  needs: ['item', 'repositoryLabels', 'history'],
  permissions: { metadata: 'read', issues: 'write', pull_requests: 'write', discussions: 'write' },
  options: LabelGuardOptions,
  help: {
    summary: 'Puts a label back that another bot wiped, and keeps off what a person took off.',
    example: 'label-guard: { windowMinutes: 10 }',
  },
  decide,
});
