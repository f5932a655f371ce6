import type { Clock } from '@crossdock/core';

/**
 * Ids (UUID version 7) of which each is greater than those before it, however many are made in a millisecond and wherever
 * the clock goes: pg-boss orders the jobs of one transaction by their ids.
 */
export function orderedIds(clock: Pick<Clock, 'now'>): () => string {
  let last = 0n;
  return () => {
    // 48 bits of time and, instead of chance, 12 bits of a counter, as RFC 9562 (6.2, method 1) allows.
    const now = BigInt(Math.max(0, Math.floor(clock.now()))) << 12n;
    last = now > last ? now : last + 1n;
    const time = (last >> 12n).toString(16).padStart(12, '0').slice(-12);
    const count = (last & 0xfffn).toString(16).padStart(3, '0');
    const random = crypto.randomUUID().slice(19);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${random}`;
  };
}
