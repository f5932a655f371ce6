import type { shopWithGoods } from './shop.ts';

/** Chance that is the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type World = ReturnType<typeof shopWithGoods>;

/** Up to which number each trouble goes, from 0 to 1: each one's share begins where the one before ends. */
interface Odds {
  readonly busy: number;
  readonly never: number;
  readonly unanswered: number;
  readonly late: number;
}

/** A line to the shop on which everything happens: "too many", calls that never arrive, arrive unanswered, or arrive late. */
export function troubled(
  { fake, clock }: World,
  chance: () => number,
  isOver: () => boolean,
  { busy, never, unanswered, late }: Odds,
): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const what = isOver() ? 1 : chance();
    const detached = new Request(request.clone(), { signal: null });
    const lost = new TypeError('fetch failed: socket hang up');
    if (what < busy) {
      const headers = { 'retry-after': String(Math.ceil(chance() * 58)) };
      return new Response('{"errors":"Too many"}', { status: 429, headers });
    }
    if (what < never) throw lost;
    if (what < unanswered) {
      await fake.fetch(detached);
      throw lost;
    }
    if (what < late) {
      // Given up at once, and carried out within the time that Shopify is given for it.
      void clock.sleep(chance() * 58_000).then(() => fake.fetch(detached));
      throw lost;
    }
    return fake.fetch(request);
  };
}
