import { defineHandler } from '../../handler.ts';
import { decide } from './decide.ts';
import { CommandsOptions } from './options.ts';

export const commands = defineHandler({
  name: 'commands',
  on: [
    'issue_comment.created',
    'issue_comment.edited',
    'issues.opened',
    'issues.edited',
    'pull_request.opened',
    'pull_request.edited',
    'pull_request_review.submitted',
    'discussion.created',
    'discussion.edited',
    'discussion_comment.created',
    'discussion_comment.edited',
  ],
  needs: ['item', 'repositoryLabels', 'permission', 'history'],
  permissions: { metadata: 'read', issues: 'write', pull_requests: 'write', discussions: 'write', members: 'read' },
  options: CommandsOptions,
  help: { summary: 'Carries out slash commands of people who may give them.', example: 'commands: {}' },
  decide,
});
