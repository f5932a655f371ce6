import { defineOwnership, type OrderDraft } from '@crossdock/core';
import { compose, defineFlow, type FlowContext } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import {
  crashWorld,
  type CrashIntegration,
  type CrashRuntime,
  type CrashWorld,
  type WorldState,
} from '@crossdock/testing/crash';
import type { TestClock } from '@crossdock/testing';
import { ledger, ledgerConnector, type Booking } from './ledger.ts';
import { sale, till } from './till.ts';

type Needs = { readonly ledger: readonly ['orders.create'] };
/** What the flow of a world does with an order. */
export type Work = (context: FlowContext<'order.placed', Needs>, runtime: CrashRuntime) => Promise<void>;
/** How a world differs from the sound one. */
export type Change = {
  readonly work?: Work;
  readonly booking?: Booking;
  readonly stores?: CrashWorld['stores'];
  readonly module?: string;
  readonly uncertain?: number;
  readonly state?: CrashWorld<{ readonly ledger: ReturnType<typeof ledger> }>['state'] | 'of the platforms';
  readonly story?: CrashWorld<{ readonly ledger: ReturnType<typeof ledger> }>['story'];
  readonly platform?: (clock: TestClock) => ReturnType<typeof ledger>;
  /** Called whenever the program starts. */
  readonly onStart?: () => void;
  /** What stands around the integration. */
  readonly around?: (hub: CrashIntegration) => CrashIntegration;
  readonly invariants?: CrashWorld<{ readonly ledger: ReturnType<typeof ledger> }>['invariants'];
};

/** Two orders of a till are booked in a ledger, each in a step of its own, and counted. */
export function orderBook(change: Change = {}) {
  const { work = soundly, booking, stores, invariants, module, uncertain, around = (hub) => hub } = change;
  return crashWorld({
    module,
    uncertain,
    platforms: (clock: TestClock) => ({ ledger: (change.platform ?? ledger)(clock) }),
    integration(runtime) {
      change.onStart?.();
      return around(connect(runtime, work, booking));
    },
    stores: stores ?? { memory: { live: 'in-process', make: (clock) => memoryStores({ clock }) } },
    story:
      change.story ??
      ['1', '2'].map((number) => ({
        what: `order ${number} is sold`,
        happens: (_platforms: unknown, outside: { deliver(system: string, request: () => Request): void }) =>
          outside.deliver('till', () => sale(number)),
      })),
    state: change.state === 'of the platforms' ? undefined : (change.state ?? numbers),
    invariants,
  });
}

function numbers({ ledger: { state } }: { readonly ledger: ReturnType<typeof ledger> }): WorldState {
  return { entries: state.entries.map(({ number }) => ({ number })) };
}

function connect(runtime: CrashRuntime, work: Work, booking: Booking | undefined) {
  const { stores, fetch, clock, random } = runtime;
  const flow = defineFlow({
    name: 'book-order',
    version: 1,
    on: 'order.placed',
    needs: { ledger: ['orders.create'] },
    key: ({ data }) => data.number,
    run: (context) => work(context, runtime),
  });
  return compose({
    systems: { till: till(), ledger: ledgerConnector(fetch, booking) },
    flows: [flow],
    ownership: defineOwnership({
      'order.status': 'ledger',
      'order.lines': 'till',
      'stock.available': 'ledger',
      'product.price': 'ledger',
      'product.content': 'till',
      'shipment.tracking': 'ledger',
    }),
    stores,
    clock,
    random,
  });
}

/** As it should be. */
export const soundly: Work = async (context) => {
  const made = await context.step('book', ({ key }) =>
    context.systems.ledger.orders.create(draftOf(context), { idempotencyKey: key }),
  );
  await context.step('link', () => context.links.link(context.event.data.ref, made));
};

/** The order of an event, for the ledger. */
export function draftOf({ event }: Parameters<Work>[0], number: string = event.data.number): OrderDraft {
  const { ref, wireStatus: _wire, updatedAt: _updated, status: _status, ...rest } = event.data;
  return { ...rest, number, source: ref, customer: { system: 'ledger', kind: 'customer', id: 'C1' } };
}
