import type { Handler } from '../handler.ts';
import { answer } from './answer/index.ts';
import { compatibility } from './compatibility/index.ts';
import { completeness } from './completeness/index.ts';
import { label } from './label/index.ts';
import { sla } from './sla/index.ts';

/** Every behaviour of the bot, in the order in which their decisions are taken. One line per handler. */
export const handlers: readonly Handler[] = [label, answer, completeness, compatibility, sla];
