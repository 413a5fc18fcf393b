import { defineHandler } from '../../handler.ts';
import { decideCompatibility } from './decide.ts';
import { CompatibilityOptions } from './options.ts';

export const compatibility = defineHandler({
  name: 'compatibility',
  on: [
    'issues.opened',
    'issues.edited',
    'issues.reopened',
    'issue_comment.created',
    'issue_comment.edited',
    'discussion.created',
    'discussion.edited',
    'discussion_comment.created',
    'discussion_comment.edited',
  ],
  needs: ['item', 'comments', 'history'],
  permissions: { issues: 'write', discussions: 'write' },
  options: CompatibilityOptions,
  help: {
    summary: 'Compares the versions in the text with the compatibility matrix and says what is known to break or out of support.',
    example: 'compatibility:\n  speakOn: [fail, partial]',
  },
  decide: decideCompatibility,
});
