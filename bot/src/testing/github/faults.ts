/** Chances are 0 to 1 and drawn from `seed`: the same plan over the same calls does the same. */
export type FaultPlan = {
  seed?: number;
  /** Share of deliveries sent twice, never arriving, overtaken by the next one, or held back until `delayBy` more were sent. */
  duplicate?: number;
  lose?: number;
  reorder?: number;
  delay?: number;
  delayBy?: number;
  /** Share of the App's API calls answered by a secondary rate limit, by 502 after the change was made, or late. */
  secondaryLimit?: number;
  badGatewayAfterCommit?: number;
  slow?: number;
  retryAfterSeconds?: number;
  slowMs?: number;
};

export type ApiFault =
  | { type: 'secondary-limit'; retryAfterSeconds: number }
  | { type: 'bad-gateway-after-commit' }
  | { type: 'slow'; ms: number };
export type DeliveryFault = 'none' | 'duplicate' | 'lose' | 'reorder' | 'delay';

type Planned = { fault: ApiFault; method: string; pathPart: string };

/** Decides which call or delivery goes wrong. `plan` may be replaced at any time; `next` plans a single failure. */
export class Faults {
  #plan: FaultPlan;
  #random: () => number;
  readonly #planned: Planned[] = [];
  readonly #plannedDeliveries: DeliveryFault[] = [];

  constructor(plan: FaultPlan = {}) {
    this.#plan = plan;
    this.#random = randomFrom(plan.seed ?? 1);
  }

  get delayBy(): number {
    return this.#plan.delayBy ?? 3;
  }

  plan(plan: FaultPlan): void {
    this.#plan = plan;
    this.#random = randomFrom(plan.seed ?? 1);
  }

  /** The next call with this method whose path contains `pathPart` fails like this. */
  next(fault: ApiFault, method: string, pathPart: string): void {
    this.#planned.push({ fault, method, pathPart });
  }

  nextDelivery(fault: DeliveryFault): void {
    this.#plannedDeliveries.push(fault);
  }

  forCall(method: string, path: string): ApiFault | undefined {
    const index = this.#planned.findIndex((planned) => planned.method === method && path.includes(planned.pathPart));
    if (index >= 0) return this.#planned.splice(index, 1)[0]?.fault;
    const { secondaryLimit = 0, badGatewayAfterCommit = 0, slow = 0, retryAfterSeconds = 1, slowMs = 20 } = this.#plan;
    if (secondaryLimit + badGatewayAfterCommit + slow === 0) return undefined;
    const drawn = this.#random();
    if (drawn < secondaryLimit) return { type: 'secondary-limit', retryAfterSeconds };
    if (method !== 'GET' && drawn < secondaryLimit + badGatewayAfterCommit) return { type: 'bad-gateway-after-commit' };
    return drawn > 1 - slow ? { type: 'slow', ms: slowMs } : undefined;
  }

  forDelivery(): DeliveryFault {
    const planned = this.#plannedDeliveries.shift();
    if (planned) return planned;
    let drawn = this.#random();
    for (const fault of ['duplicate', 'lose', 'reorder', 'delay'] as const) {
      drawn -= this.#plan[fault] ?? 0;
      if (drawn < 0) return fault;
    }
    return 'none';
  }
}

/** mulberry32: small, seedable, good enough to choose victims. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
