import { inverseOf } from '../outbox/inverse.ts';
import type { NewEffect, OutboxEntry } from '../store/port.ts';

export type UndoPlan = {
  /** Newest first: later effects may stand on earlier ones. */
  effects: readonly NewEffect[];
  /** Performed effects that cannot be taken back, and why nothing is planned for them. */
  left: readonly { id: number; type: string; because: string }[];
};

/**
 * What takes back the given effects of the outbox. Only performed ones count; an effect that is an undo itself, or was undone already,
 * is passed over. The key of an undo is derived from the effect it takes back, so that asking twice undoes once.
 */
export function planUndo(entries: readonly OutboxEntry[]): UndoPlan {
  const effects: NewEffect[] = [];
  const left: { id: number; type: string; because: string }[] = [];
  for (const entry of [...entries].sort((a, b) => b.id - a.id)) {
    if (entry.state !== 'done' || entry.inverseOf !== undefined || !entry.result?.changed) continue;
    const effect = inverseOf(entry.effect, entry.result);
    if (!effect) left.push({ id: entry.id, type: entry.effect.type, because: 'GitHub offers no way back, or it is not ours to go' });
    else
      effects.push({
        idempotencyKey: `undo/${entry.id}`,
        decisionId: entry.decisionId,
        guid: entry.guid,
        effect,
        inverseOf: entry.id,
        because: 'undo by an operator',
      });
  }
  return { effects, left };
}
