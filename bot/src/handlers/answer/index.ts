import { defineHandler } from '../../handler.ts';
import { decideAnswer } from './decide.ts';
import { AnswerOptions } from './options.ts';

export const answer = defineHandler({
  name: 'answer',
  on: [
    'issues.opened',
    'issues.edited',
    'issues.reopened',
    'issues.labeled',
    'issue_comment.created',
    'issue_comment.edited',
    'discussion.created',
    'discussion.edited',
    'discussion.labeled',
    'discussion_comment.created',
    'discussion_comment.edited',
    'schedule.reconcile',
  ],
  needs: ['item', 'comments', 'history'],
  permissions: { issues: 'write', discussions: 'write' },
  options: AnswerOptions,
  help: {
    summary: 'Answers runtime issues and discussions with the playbook that their evidence asks for, quoting it.',
    example: 'answer:\n  minConfidence: 0.7\n  maxAgeDays: 14',
  },
  decide: decideAnswer,
});
