import type { BusinessCalendar } from './calendar.ts';
import type { Pause, TargetClock } from './clock.ts';

/** What an event means for one clock. `restart` begins a new round once the one before is met; `cancel` ends one that nobody waits for any more. */
export type Signal =
  | { do: 'start' | 'restart'; because: string }
  | { do: 'meet' | 'cancel'; because: string }
  | { do: 'pause' | 'resume'; reason: string }
  | { do: 'close'; because: string }
  | { do: 'reopen' };

/**
 * One clock being wound through its events in order.
 *
 *     idle ──start──► running ◄──pause/resume──► paused
 *                        │ meet                     │ meet
 *                        ▼                          ▼
 *                       met                        met          past `due`: breached, and stays so
 *
 * Closing pauses; an unmet clock of a closed item reads `not-applicable` unless it was breached before.
 */
export class Stopwatch {
  readonly #calendar: BusinessCalendar;
  readonly #allowedMs: number;
  readonly #open = new Map<string, number>();
  #pauses: { reason: string; fromMs: number; toMs?: number }[] = [];
  #because = 'not started';
  #startedMs: number | undefined;
  #lastMs = 0;
  #spentMs = 0;
  #metMs: number | undefined;
  #breachedMs: number | undefined;
  #closedBecause: string | undefined;

  constructor(calendar: BusinessCalendar, allowedMs: number) {
    this.#calendar = calendar;
    this.#allowedMs = allowedMs;
  }

  apply(signal: Signal, atMs: number): void {
    this.#advance(atMs);
    switch (signal.do) {
      case 'start':
        if (this.#startedMs === undefined) this.#start(signal.because, atMs);
        return;
      case 'restart':
        if (this.#startedMs === undefined || this.#metMs !== undefined) this.#start(signal.because, atMs);
        return;
      case 'meet':
        if (this.#startedMs === undefined || this.#metMs !== undefined) return;
        this.#metMs = atMs;
        this.#because = signal.because;
        return;
      case 'cancel':
        if (this.#metMs === undefined && this.#breachedMs === undefined) this.#startedMs = undefined;
        this.#because = signal.because;
        return;
      case 'pause':
        this.#pause(signal.reason, atMs);
        return;
      case 'resume':
        this.#resume(signal.reason, atMs);
        return;
      case 'close':
        this.#closedBecause = signal.because;
        this.#pause('closed', atMs);
        return;
      case 'reopen':
        this.#closedBecause = undefined;
        this.#resume('closed', atMs);
        return;
    }
  }

  read(nowMs: number): Omit<TargetClock, 'target' | 'allowedMs'> {
    this.#advance(nowMs);
    const state = this.#state();
    const counts = this.#metMs === undefined && this.#closedBecause === undefined && (state === 'running' || state === 'breached');
    const dueMs = counts ? this.#dueMs() : undefined;
    return {
      state,
      because: this.#reason(state),
      ...time('startedAt', this.#startedMs),
      ...time('dueAt', dueMs),
      ...time('metAt', this.#metMs),
      ...time('breachedAt', this.#breachedMs),
      spentMs: this.#spentMs,
      pauses: this.#pausesSinceStart(),
    };
  }

  #start(because: string, atMs: number): void {
    this.#startedMs = atMs;
    this.#lastMs = atMs;
    this.#spentMs = 0;
    this.#metMs = undefined;
    this.#breachedMs = undefined;
    this.#because = because;
  }

  #advance(toMs: number): void {
    if (this.#startedMs === undefined || this.#metMs !== undefined) return;
    if (this.#open.size === 0) {
      const dueMs = this.#calendar.addBusinessMs(this.#lastMs, Math.max(0, this.#allowedMs - this.#spentMs));
      if (this.#breachedMs === undefined && toMs > dueMs) this.#breachedMs = dueMs;
      this.#spentMs += this.#calendar.businessMsBetween(this.#lastMs, toMs);
    }
    this.#lastMs = toMs;
  }

  #dueMs(): number | undefined {
    if (this.#breachedMs !== undefined) return this.#breachedMs;
    return this.#calendar.addBusinessMs(this.#lastMs, this.#allowedMs - this.#spentMs);
  }

  #pause(reason: string, atMs: number): void {
    if (!this.#open.has(reason)) this.#open.set(reason, atMs);
  }

  #resume(reason: string, atMs: number): void {
    const fromMs = this.#open.get(reason);
    if (fromMs === undefined) return;
    this.#open.delete(reason);
    this.#pauses.push({ reason, fromMs, toMs: atMs });
  }

  #state(): TargetClock['state'] {
    if (this.#startedMs === undefined) return 'not-applicable';
    if (this.#breachedMs !== undefined) return 'breached';
    if (this.#metMs !== undefined) return 'met';
    if (this.#closedBecause !== undefined) return 'not-applicable';
    return this.#open.size > 0 ? 'paused' : 'running';
  }

  #reason(state: TargetClock['state']): string {
    if (state === 'not-applicable' && this.#closedBecause !== undefined) return this.#closedBecause;
    if (state === 'paused') return `standing still: ${[...this.#open.keys()].join(', ')}`;
    return this.#because;
  }

  #pausesSinceStart(): Pause[] {
    const startedMs = this.#startedMs;
    if (startedMs === undefined) return [];
    const endMs = this.#metMs ?? Number.POSITIVE_INFINITY;
    const open = [...this.#open].map(([reason, fromMs]) => ({ reason, fromMs, toMs: Number.POSITIVE_INFINITY }));
    return [...this.#pauses, ...open]
      .map((pause) => ({ reason: pause.reason, fromMs: Math.max(pause.fromMs, startedMs), toMs: Math.min(pause.toMs ?? endMs, endMs) }))
      .filter((pause) => pause.fromMs < pause.toMs)
      .sort((a, b) => a.fromMs - b.fromMs)
      .map(({ reason, fromMs, toMs }) => ({
        reason,
        from: rfc3339(fromMs),
        ...(toMs === Number.POSITIVE_INFINITY ? {} : { to: rfc3339(toMs) }),
      }));
  }
}

function rfc3339(ms: number): string {
  return new Date(ms).toISOString();
}

function time<Name extends string>(name: Name, ms: number | undefined): Partial<Record<Name, string>> {
  return ms === undefined ? {} : ({ [name]: rfc3339(ms) } as Record<Name, string>);
}
