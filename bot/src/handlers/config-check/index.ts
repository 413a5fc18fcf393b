import type { Section } from '../../configuration/schema.ts';
import { defineHandler } from '../../handler.ts';
import { decide } from './decide.ts';
import { ConfigCheckOptions } from './options.ts';

/**
 * The check must know the sections of all other handlers, and handlers never import each other: the list of handlers hands them in.
 * Its own section is added here.
 */
export function configCheck(others: readonly Section[]) {
  const name = 'config-check';
  const sections = [...others, { name, options: ConfigCheckOptions }];
  return defineHandler({
    name,
    on: ['pull_request.opened', 'pull_request.synchronize', 'pull_request.reopened'],
    needs: ['item', 'proposedConfiguration', 'repositoryLabels'],
    permissions: { metadata: 'read', contents: 'read', checks: 'write', pull_requests: 'read' },
    options: ConfigCheckOptions,
    help: { summary: 'Checks pull requests that touch `.github/sig-runtime.yml`.', example: 'config-check: {}' },
    decide: (input) => decide(input, sections),
  });
}
