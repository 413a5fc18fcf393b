import { defineHandler } from '../../handler.ts';
import { decideCompleteness } from './decide.ts';
import { CompletenessOptions } from './options.ts';

export const completeness = defineHandler({
  name: 'completeness',
  on: ['issues.opened', 'issues.edited', 'issues.labeled', 'issue_comment.created', 'issue_comment.edited'],
  needs: ['item', 'comments', 'history'],
  permissions: { issues: 'write' },
  options: CompletenessOptions,
  help: {
    summary: 'Asks once for what a diagnosis needs and a bug report lacks.',
    example: 'completeness:\n  bugLabels: [kind/bugfix]\n  maxAgeDays: 14',
  },
  decide: decideCompleteness,
});
