import type { Handler } from '../handler.ts';
import { answer } from './answer/index.ts';
import { commands } from './commands/index.ts';
import { compatibility } from './compatibility/index.ts';
import { completeness } from './completeness/index.ts';
import { configCheck } from './config-check/index.ts';
import { installation } from './installation/index.ts';
import { label } from './label/index.ts';
import { labelGuard } from './label-guard/index.ts';
import { sla } from './sla/index.ts';

const behaviours: readonly Handler[] = [label, answer, completeness, compatibility, commands, labelGuard, installation, sla];

/** Every behaviour of the bot, in the order in which their decisions are taken. One word above per handler; the check knows all of them. */
export const handlers: readonly Handler[] = [...behaviours, configCheck(behaviours)];
