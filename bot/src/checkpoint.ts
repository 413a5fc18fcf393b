/**
 * Every point of the pipeline at which a crash leaves a different state behind, in the order in which one delivery passes them.
 * The fault tests kill the process at each of them in turn.
 */
export const STEPS = [
  'door/verified',
  'door/stored',
  'door/answered',
  'worker/leased',
  'worker/normalised',
  'worker/decided',
  'store/outcome-written',
  'worker/completed',
  'executor/leased',
  'executor/looked',
  'executor/noted',
  'executor/performed',
  'executor/recorded',
  'sweep/listed',
  'sweep/fetched',
  'sweep/accepted',
] as const;

export type Step = (typeof STEPS)[number];

/** Called as each step is reached; tests stop the process here, production passes nothing. */
export type Checkpoint = (step: Step) => void | Promise<void>;
