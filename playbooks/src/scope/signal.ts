/** What a signal speaks for: one of the three integrations, or something else that is not ours. */
export type Side = 'ocm' | 'kro' | 'flux' | 'other';

/**
 * One named piece of evidence. `weight` is in log-odds: positive speaks for runtime, negative against. Found in the title it counts
 * `titleWeight`, or 1.4 times `weight`. `also` must be found too, anywhere. `veto` decides against on its own (another product called
 * OCM), unless evidence marked `own` names ours beyond doubt. Patterns are RE2, case-insensitive.
 */
export type Signal = {
  name: string;
  side: Side;
  pattern: string;
  weight: number;
  titleWeight?: number;
  also?: string;
  veto?: true;
  own?: true;
};
