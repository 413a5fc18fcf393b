import { createHash, createHmac } from 'node:crypto';
import type { Faults } from './faults.ts';
import { toText } from './simulated-clock.ts';

export type Payload = Record<string, unknown>;

/** One attempt to deliver, as the App's settings page lists it. `statusCode` 0: under way. */
export type DeliveryRecord = {
  id: number;
  guid: string;
  event: string;
  action: string | null;
  deliveredAt: string;
  redelivery: boolean;
  statusCode: number;
  durationSeconds: number;
  payload: Payload;
  headers: Record<string, string>;
};

export type WebhookTarget = { url: string; secret: string };

const attemptTimeoutMs = 10_000;
/** What GitHub lists for a delivery that found nobody. */
const unreachable = 502;

/** Signs, numbers, records and sends webhooks, one at a time, with the faults of the plan; never retries, as GitHub never does. */
export class Deliveries {
  readonly records: DeliveryRecord[] = [];
  readonly #faults: Faults;
  readonly #now: () => number;
  readonly #held: { record: DeliveryRecord; after: number }[] = [];
  #target: WebhookTarget | undefined;
  #queue: Promise<void> = Promise.resolve();
  #sent = 0;

  constructor(faults: Faults, now: () => number, target: WebhookTarget | undefined) {
    this.#faults = faults;
    this.#now = now;
    this.#target = target;
  }

  /** Where to deliver from now on; undefined records deliveries as unreachable. */
  aim(target: WebhookTarget | undefined): void {
    this.#target = target;
  }

  /** Records one occurrence and starts its delivery; returns its GUID. */
  occur(event: string, payload: Payload): string {
    const guid = guidOf(this.records.length, event);
    this.#dispatch(this.#record(guid, event, payload, false));
    return guid;
  }

  /** A manual redelivery: same GUID, new id. */
  redeliver(id: number): boolean {
    const original = this.records.find((record) => record.id === id);
    if (!original) return false;
    this.#enqueue(this.#record(original.guid, original.event, original.payload, true));
    return true;
  }

  /** Resolves when nothing is under way; sends what was held back. */
  async settle(): Promise<void> {
    let queue: Promise<void> | undefined;
    while (queue !== this.#queue || this.#held.length > 0) {
      for (const { record } of this.#held.splice(0)) this.#enqueue(record);
      queue = this.#queue;
      await queue;
    }
  }

  #record(guid: string, event: string, payload: Payload, redelivery: boolean): DeliveryRecord {
    const record: DeliveryRecord = {
      id: 900_000 + this.records.length + 1,
      guid,
      event,
      action: typeof payload.action === 'string' ? payload.action : null,
      deliveredAt: toText(this.#now()),
      redelivery,
      statusCode: 0,
      durationSeconds: 0,
      payload,
      headers: { 'X-GitHub-Event': event, 'X-GitHub-Delivery': guid },
    };
    this.records.push(record);
    return record;
  }

  #dispatch(record: DeliveryRecord): void {
    const fault = this.#faults.forDelivery();
    if (fault === 'lose') {
      record.statusCode = unreachable;
    } else if (fault === 'reorder' || fault === 'delay') {
      this.#held.push({ record, after: this.#sent + (fault === 'reorder' ? 1 : this.#faults.delayBy) });
      return;
    } else {
      this.#enqueue(record);
      if (fault === 'duplicate') this.#enqueue(record);
    }
    this.#release();
  }

  #release(): void {
    const due = this.#held.filter((held) => held.after <= this.#sent);
    for (const held of due) {
      this.#held.splice(this.#held.indexOf(held), 1);
      this.#enqueue(held.record);
    }
  }

  #enqueue(record: DeliveryRecord): void {
    this.#sent += 1;
    this.#queue = this.#queue.then(() => this.#send(record));
  }

  async #send(record: DeliveryRecord): Promise<void> {
    const target = this.#target;
    if (!target) {
      record.statusCode = unreachable;
      return;
    }
    const body = JSON.stringify(record.payload);
    const signature = createHmac('sha256', target.secret).update(body).digest('hex');
    const headers = { ...record.headers, 'X-Hub-Signature-256': `sha256=${signature}`, 'User-Agent': 'GitHub-Hookshot/embedded' };
    const started = performance.now();
    try {
      const response = await fetch(target.url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body,
        signal: AbortSignal.timeout(attemptTimeoutMs),
      });
      await response.arrayBuffer();
      record.statusCode = response.status;
    } catch {
      record.statusCode = unreachable;
    }
    record.durationSeconds = Math.round(performance.now() - started) / 1000;
  }
}

function guidOf(index: number, event: string): string {
  const hex = createHash('sha256').update(`${index}/${event}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
