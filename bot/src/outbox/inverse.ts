import type { Effect, EffectResult } from '../effect.ts';

/**
 * The effect that takes this one back, or undefined when nothing was changed or GitHub offers no way back (reactions, checks, hidden
 * comments) or it is not ours to go (issues are never closed). Performing it on a world that moved on changes nothing.
 */
export function inverseOf(effect: Effect, result: EffectResult | undefined): Effect | undefined {
  if (!result?.changed) return undefined;
  switch (effect.type) {
    case 'add-label':
      return { type: 'remove-label', item: effect.item, label: effect.label };
    case 'remove-label':
      return { type: 'add-label', item: effect.item, label: effect.label };
    case 'put-comment':
      return result.previousBody === undefined
        ? { type: 'delete-comment', item: effect.item, slot: effect.slot }
        : { type: 'put-comment', item: effect.item, slot: effect.slot, body: result.previousBody };
    case 'delete-comment':
      return result.previousBody === undefined
        ? undefined
        : { type: 'put-comment', item: effect.item, slot: effect.slot, body: result.previousBody };
    case 'assign':
      return { type: 'unassign', item: effect.item, logins: result.logins ?? effect.logins };
    case 'unassign':
      return { type: 'assign', item: effect.item, logins: result.logins ?? effect.logins };
    case 'put-issue':
      return result.previousBody === undefined ? undefined : { ...effect, body: result.previousBody };
    case 'hide-comment':
    case 'react':
    case 'put-check':
      return undefined;
  }
}
