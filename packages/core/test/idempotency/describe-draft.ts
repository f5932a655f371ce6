import type { Stores } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { testClock, type TestClock } from '../../../testing/src/index.ts';
import { draftBench } from './draft-bench.ts';
import { draftCases, statusOf } from './draft-cases.ts';

/** The cases of the IETF's draft on the `Idempotency-Key` header, asked of stores. */
export function describeDraft(name: string, make: (clock: TestClock) => Stores | Promise<Stores>): void {
  describe(`the draft on idempotency keys, with ${name}`, () => {
    it.each(draftCases)('§ $section, $status: $title', async ({ ask, ours, times, status, differs }) => {
      const clock = testClock({ auto: false });
      const stores = await make(clock);
      try {
        const bench = draftBench(stores, clock);
        const answer = await ask(bench);
        expect(answer).toEqual(ours);
        expect(bench.times()).toBe(times);
        const same = 'refused' in answer ? statusOf[answer.refused] === status : status === '2xx';
        // A refusal that the draft has no words for, and an answer of another kind, have to say why.
        if (same) return;
        expect(differs).toBeTypeOf('string');
      } finally {
        await stores.close();
      }
    });
  });
}
