import { isCommerceError } from '@crossdock/core';
import { memoryStores } from '@crossdock/core/memory';
import { shipbob } from '@crossdock/3pl/shipbob';
import { fakeShipBob, testClock } from '@crossdock/testing';
import { place, token } from './shipbob-world.ts';

const latencyMs = 200;
const channelId = 100_001;
/** 150 requests in any minute. developer.shipbob.com, rate limit, read 2026-11-23. */
const allowedPerMinute = 150;

/** How much work there is, and for how long. */
export interface QuotaLoad {
  readonly lastsMs: number;
  /** Connectors with nothing in common but, where they share, what they know of the allowance. */
  readonly processes: number;
  readonly shares: boolean;
}

/** What became of it. */
export interface QuotaOutcome {
  /** Requests, of those that ShipBob allows in that time. */
  readonly share: number;
  readonly calls: number;
  readonly allowed: number;
  readonly refused: number;
  readonly failures: number;
}

/** More work than ShipBob allows: orders that are looked at and stock that is read, each answer 200 ms on its way. */
export async function shipbobQuota({ lastsMs, processes, shares }: QuotaLoad): Promise<QuotaOutcome> {
  const platform = fakeShipBob({ token, channelId, clock: testClock({ turns: 1 }), pickAfterMs: false });
  const { state, clock, faults } = platform;
  state.addInventory('TEE-RED-M', 5);
  const order = await place(platform);
  // What the order has cost is forgotten.
  await clock.advance(60_000);
  faults.always('*', { kind: 'slow', ms: latencyMs });
  const endsAt = clock.now() + lastsMs;
  const shared = shares ? memoryStores({ clock }).shared : undefined;
  let calls = 0;
  let refused = 0;
  let failures = 0;
  const connect = () =>
    shipbob({
      token,
      channelId,
      webhookSecrets: [],
      clock,
      random: () => 0.5,
      shared,
      async fetch(input, init) {
        const response = await platform.fetch(input, init);
        if (response.status === 429) refused += 1;
        if (clock.now() <= endsAt) calls += 1;
        return response;
      },
    });
  const until = async (work: () => Promise<boolean>) => {
    while (clock.now() < endsAt) if (!(await isDone(work()))) failures += 1;
  };
  const ref = { system: 'shipbob', kind: 'fulfillment', id: String(order.id) } as const;
  const callers = Array.from({ length: processes }, connect).flatMap((warehouse) => [
    until(async () => (await warehouse.fulfillments.get(ref)) !== undefined),
    until(async () => (await warehouse.fulfillments.get(ref, { lane: 'urgent' })) !== undefined),
    until(async () => (await warehouse.inventory.get(['TEE-RED-M'], { lane: 'bulk' })).length === 1),
  ]);
  await Promise.all(callers);
  const allowed = allowedPerMinute * (lastsMs / 60_000);
  return { share: calls / allowed, calls, allowed, refused, failures };
}

/** A piece of work that was refused altogether is one that was not done. */
async function isDone(work: Promise<boolean>): Promise<boolean> {
  try {
    return await work;
  } catch (error) {
    if (isCommerceError(error)) return false;
    throw error;
  }
}
