import type { BucketOptions, HttpClient, HttpReply } from '@crossdock/core';
import { idempotentWrite, type IdempotencyStore, type Clock } from '@crossdock/core';
import * as z from 'zod';
import { expectTypeOf, test } from 'vitest';

declare const http: HttpClient;
declare const store: IdempotencyStore;
declare const clock: Clock;

test('an answer has the type of its schema', () => {
  const call = { operation: 'orders.get', method: 'GET', path: 'orders/1', safety: 'read' } as const;
  expectTypeOf(http.send({ ...call, answer: z.object({ id: z.number() }) })).toEqualTypeOf<
    Promise<HttpReply<{ id: number }>>
  >();
  // @ts-expect-error A call says how it may be repeated.
  void http.send({ operation: 'orders.get', method: 'GET', path: 'orders/1', answer: z.null() });
});

test('an allowance has what its kind needs', () => {
  expectTypeOf({ capacity: 40, refillPerSecond: 2 }).toExtend<BucketOptions>();
  expectTypeOf({ kind: 'sliding-window' as const, capacity: 150, windowMs: 60_000 }).toExtend<BucketOptions>();
  // @ts-expect-error A window has a length.
  const window: BucketOptions = { kind: 'sliding-window', capacity: 150 };
  // @ts-expect-error Something that fills up has a rate.
  const refill: BucketOptions = { capacity: 40, windowMs: 60_000 };
  void [window, refill];
});

test('a write gives back what its result is', () => {
  const write = { store, clock, key: 'k', request: null, leaseMs: 1000, result: z.object({ id: z.string() }) };
  expectTypeOf(idempotentWrite({ ...write, send: async () => ({ id: '1' }) })).toEqualTypeOf<Promise<{ id: string }>>();
  // @ts-expect-error What is sent gives the result.
  void idempotentWrite({ ...write, send: async () => ({ number: '1' }) });
});
