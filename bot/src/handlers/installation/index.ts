import { defineHandler } from '../../handler.ts';
import { decide } from './decide.ts';
import { InstallationOptions } from './options.ts';

export const installation = defineHandler({
  name: 'installation',
  on: [
    'installation.created',
    'installation.deleted',
    'installation.new_permissions_accepted',
    'installation_repositories.added',
    'installation_repositories.removed',
    'repository.renamed',
    'repository.transferred',
  ],
  needs: [],
  permissions: { metadata: 'read' },
  options: InstallationOptions,
  help: { summary: 'Keeps a record of where the App is installed.', example: 'installation: {}' },
  decide,
});
