import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collect, fromBytes, skip, take } from './bytes.ts';
import { describe as descriptorOf } from './descriptor.ts';
import { MemoryRepository } from './memory.ts';
import { readAll, verified } from './verify.ts';

const bytes = Buffer.from('the described bytes');
const descriptor = descriptorOf(bytes, 'text/plain');

async function* pieces(...parts: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* parts;
}
const drain = (stream: AsyncIterable<Uint8Array>) => collect(stream, 1 << 20, 'test');

describe('a verified stream', () => {
  it('passes the described bytes on, however they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 }),
        fc.constantFrom('sha256', 'sha512'),
        async (parts, alg) => {
          const whole = Buffer.concat(parts);
          const stream = verified(descriptorOf(whole, 'text/plain', alg as 'sha256'), pieces(...parts));
          expect(Buffer.compare(await drain(stream), whole)).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('ends in TRUNCATED when bytes are missing', async () => {
    await expect(drain(verified(descriptor, pieces(bytes.subarray(0, 5))))).rejects.toMatchObject({ code: 'TRUNCATED' });
  });

  it('ends in OVERSIZED at the first byte too many, without reading on', async () => {
    let read = 0;
    async function* endless(): AsyncIterable<Uint8Array> {
      for (;;) {
        read += 1;
        yield bytes;
      }
    }
    await expect(drain(verified(descriptor, endless()))).rejects.toMatchObject({ code: 'OVERSIZED' });
    expect(read).toBe(2);
  });

  it('never hands out the end of wrong bytes', async () => {
    const wrong = Buffer.from('the described bytez');
    const seen: Uint8Array[] = [];
    const reading = (async () => {
      for await (const chunk of verified(descriptor, pieces(wrong.subarray(0, 4), wrong.subarray(4)))) seen.push(chunk);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
    expect(Buffer.concat(seen).toString()).toBe('the ');
  });

  it('is not even asked for when the descriptor states more than may be held in memory', async () => {
    const huge = { ...descriptor, size: 5 * 1024 * 1024 };
    await expect(readAll(new MemoryRepository(), huge)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });
});

describe('parts of a stream', () => {
  it('skip and take divide a stream at any place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 6 }), fc.nat(60), async (parts, at) => {
        const whole = Buffer.concat(parts);
        const joined = Buffer.concat([await drain(take(pieces(...parts), at)), await drain(skip(pieces(...parts), at))]);
        expect(joined.equals(whole)).toBe(true);
        expect((await drain(fromBytes(whole).open(Math.min(at, whole.length)))).length).toBe(Math.max(whole.length - at, 0));
      }),
      { numRuns: 60 },
    );
  });
});
