import type { FulfillmentAnswer, HoldReason, Ref } from '@crossdock/core';
import type { FakePlatform, ShopFulfillmentOrder, ShopifyState } from '@crossdock/testing';
import type { Scenery } from '@crossdock/testing/conformance';
import { address } from '../shop.ts';
import { seenLater, lateMs } from './late.ts';

type Shop = FakePlatform<ShopifyState>;
type Operation = 'pull' | 'get' | 'hold' | 'release' | 'answer';

const unknown = () => fulfillmentRef('gid://shopify/FulfillmentOrder/404');

/** What is to leave, what keeps it, and what a fulfillment service is asked. */
export const fulfillmentScenery: Pick<Scenery<ShopifyState>, `fulfillments.${Operation}`> = {
  'fulfillments.pull': {
    async seed(platform, count) {
      const refs = [];
      for (let number = 0; number < count; number += 1) {
        refs.push(open(platform, 1));
        await platform.clock.advance(1000);
      }
      return refs;
    },
    touch,
    late: {
      ms: lateMs,
      begin(platform, ref) {
        touch(platform, ref);
        return seenLater(platform, platform.state.unlist(ref.id));
      },
    },
    unknownStatus(platform) {
      const ref = open(platform, 1);
      platform.state.useFulfillmentWords(ref.id, { status: 'TELEPORTED' });
      return ref;
    },
  },
  'fulfillments.get': { unknown },
  'fulfillments.hold': {
    unknown,
    open,
    holdByStranger,
    holds,
    late(platform) {
      const { id } = placed(platform.state, 1);
      platform.state.shipOrder(id);
      return onlyOf(platform.state, id);
    },
  },
  'fulfillments.release': {
    unknown,
    open,
    holdByStranger,
    holds,
    holdByUs({ state }, { id }, reason) {
      const handle = `crossdock-${fulfillmentOrderOf(state, id).holds.length + 1}f`;
      state.holdFulfillmentOrder(id, { reason: holdReason[reason], handle, app: 'own' });
    },
  },
  'fulfillments.answer': {
    unknown,
    unasked: ({ state }) => served(state, 1),
    asked({ state }, number, to) {
      const ref = served(state, number);
      state.requestFulfillment(ref.id, { message: 'Please.' });
      if (to === 'cancellation') {
        state.answerFulfillmentRequest(ref.id, true);
        state.requestCancellation(ref.id, 'Too late?');
      }
      return ref;
    },
    answered: ({ state }, { id }, to) => answered[fulfillmentOrderOf(state, id).requestStatus]?.[to],
  },
};

const answered: Readonly<
  Record<string, { readonly [T in FulfillmentAnswer['to']]?: 'accepted' | 'rejected' } | undefined>
> = {
  ACCEPTED: { request: 'accepted' },
  REJECTED: { request: 'rejected' },
  CANCELLATION_REQUESTED: { request: 'accepted' },
  CANCELLATION_ACCEPTED: { request: 'accepted', cancellation: 'accepted' },
  CANCELLATION_REJECTED: { request: 'accepted', cancellation: 'rejected' },
};

const holdReason = {
  payment: 'AWAITING_PAYMENT',
  fraud: 'HIGH_RISK_OF_FRAUD',
  address: 'INCORRECT_ADDRESS',
  stock: 'INVENTORY_OUT_OF_STOCK',
  return: 'AWAITING_RETURN_ITEMS',
  'delivery-date': 'UNKNOWN_DELIVERY_DATE',
  other: 'OTHER',
} as const satisfies Record<HoldReason, string>;

/** As the shop has it. */
export function fulfillmentOrderOf(state: ShopifyState, id: string): ShopFulfillmentOrder {
  const found = state.orders.flatMap((order) => state.fulfillmentOrdersOf(order.id)).find((each) => each.id === id);
  if (!found) throw new Error(`There is no "${id}".`);
  return found;
}

function open({ state }: Shop, number: number): Ref<'fulfillment'> {
  return onlyOf(state, placed(state, number).id);
}

/** One that is to leave from a place of the app's own fulfillment service. */
function served(state: ShopifyState, number: number): Ref<'fulfillment'> {
  const { locationId } = state.addFulfillmentService({ name: `Service ${state.locations.length}` });
  const { id } = placed(state, number);
  state.moveOrder(id, locationId);
  const [moved] = state.fulfillmentOrdersOf(id).filter((each) => each.locationId === locationId);
  if (!moved) throw new Error('The order has not moved.');
  return fulfillmentRef(moved.id);
}

function placed(state: ShopifyState, quantity: number) {
  return state.placeOrder({ lines: [{ sku: 'TEE', quantity }], shippingAddress: address });
}

function onlyOf(state: ShopifyState, orderId: string): Ref<'fulfillment'> {
  const [only] = state.fulfillmentOrdersOf(orderId);
  if (!only) throw new Error(`"${orderId}" has nothing to ship.`);
  return fulfillmentRef(only.id);
}

/** Somebody held it for a moment. */
function touch({ state }: Shop, { id }: Ref<'fulfillment'>): void {
  state.releaseFulfillmentOrder(id, state.holdFulfillmentOrder(id, { reason: 'OTHER' }));
}

function holdByStranger({ state }: Shop, { id }: Ref<'fulfillment'>): void {
  state.holdFulfillmentOrder(id, { reason: 'OTHER', handle: 'crossdock-theirs', app: 'Another app' });
}

function holds({ state }: Shop, { id }: Ref<'fulfillment'>) {
  const all = fulfillmentOrderOf(state, id).holds;
  const ours = all.filter(({ app }) => app === 'own').length;
  return { ours, others: all.length - ours };
}

function fulfillmentRef(id: string): Ref<'fulfillment'> {
  return { system: 'shopify', kind: 'fulfillment', id };
}
