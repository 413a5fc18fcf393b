import { FLUX_SIGNALS } from './flux-signals.ts';
import { HOMONYM_SIGNALS } from './homonym-signals.ts';
import { KRO_SIGNALS } from './kro-signals.ts';
import { NEIGHBOUR_SIGNALS } from './neighbour-signals.ts';
import { OCM_SIGNALS } from './ocm-signals.ts';
import type { Signal } from './signal.ts';

/** The model: weights set by hand from the products' vocabulary and one half of the labelled items (the other half only measures). */
export const SIGNALS: readonly Signal[] = [...OCM_SIGNALS, ...KRO_SIGNALS, ...FLUX_SIGNALS, ...HOMONYM_SIGNALS, ...NEIGHBOUR_SIGNALS];

/** Log-odds of runtime for a text without any signal. */
export const PRIOR = -1.8;
