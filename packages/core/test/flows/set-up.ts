import {
  CommerceError,
  type CommerceErrorInit,
  type ConnectorBase,
  type ErrorCode,
  type Stores,
} from '@crossdock/core';
import { compose, defineFlow, type AnyFlow, type FlowContext } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { testClock } from '../../../testing/src/index.ts';
import { draftOf, erp, ownership, shop } from './shop.ts';

export type Options = {
  readonly settleMs?: number;
  readonly maxAttempts?: number;
  readonly retryDelayMs?: number;
  readonly outageMs?: number;
  readonly leaseMs?: number;
  readonly attemptMs?: number;
  readonly secrets?: readonly string[];
  /** How far the clock of the process is from that of the stores. */
  readonly apartMs?: () => number;
  readonly systems?: Readonly<Record<string, ConnectorBase>>;
};

/** A shop and a back office on one clock that stands still until it is told to go on. */
export function setUp(
  behave?: Parameters<typeof erp>[0],
  { systems, apartMs = () => 0, ...options }: Options = {},
  given?: Stores,
) {
  const clock = testClock({ auto: false });
  const own = { ...clock, now: () => clock.now() + apartMs() };
  const stores = given ?? memoryStores({ clock });
  const ledger = erp(behave);
  const all = { shop: shop(), erp: ledger.connector, ...systems };
  const composed = (...flows: readonly AnyFlow[]) =>
    // The flows of these tests need no more than these systems.
    compose({ systems: all, flows: flows as never, ownership, stores, clock: own, random: () => 0, ...options });
  return { clock, stores, ledger, composed };
}

const needs = { erp: ['orders.create'] } as const;
export type Context = FlowContext<'order.placed', typeof needs>;

export const placeOrder = defineFlow({
  name: 'place-order',
  version: 1,
  on: 'order.placed',
  needs,
  key: ({ data }) => data.number,
  async run({ event, systems, step }) {
    await step('create', ({ key }) => systems.erp.orders.create(draftOf(event), { idempotencyKey: key }));
  },
});

/** The same flow with another way to go. */
export const running = (run: (context: Context) => Promise<void>) => ({ ...placeOrder, run });

export function failWith(code: ErrorCode, init: Partial<CommerceErrorInit> = {}): never {
  throw new CommerceError({ message: 'The order was not created.', ...init, code });
}
