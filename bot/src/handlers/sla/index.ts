import { defineHandler } from '../../handler.ts';
import { decideSla } from './decide.ts';
import { SlaOptions } from './options.ts';

export const sla = defineHandler({
  name: 'sla',
  on: ['schedule.sla-digest'],
  needs: ['openItems', 'history'],
  permissions: { issues: 'write', pull_requests: 'read', discussions: 'read' },
  options: SlaOptions,
  help: {
    summary: 'Keeps one digest issue of promises that are overdue or due soon, counted in working time.',
    example: 'sla:\n  dueWithin: 4h\n  title: SLA digest',
  },
  decide: decideSla,
});
