import { fromMinorUnits, toMinorUnits, type FulfillmentAnswer, type Ref } from '@crossdock/core';
import { toyTopics } from './handling-platform.ts';
import { refOf, type ToySuite, type Toys } from './scenes.ts';
import type { Toy, ToyState } from './state.ts';

type Scenery = ToySuite['scenery'];
type HandlingOperation = Extract<
  keyof Scenery,
  | 'orders.update'
  | `fulfillments.${'hold' | 'release' | 'answer'}`
  | `shipments.${'update' | 'report'}`
  | 'payments.capture'
  | `webhooks.${'subscribe' | 'subscriptions'}`
>;

const reservedPence = 1_250;

const holding = {
  unknown: () => refOf('fulfillment', '999999'),
  open: ({ state }: Toys) => refOf('fulfillment', state.add('fulfillments').id),
  holdByStranger: ({ state }: Toys, ref: Ref<'fulfillment'>) => putOn(state, ref, 'others: stock'),
  holds({ state }: Toys, { id }: Ref<'fulfillment'>) {
    const all = record(state, 'fulfillments', id).lists['holds'] ?? [];
    const ours = all.filter((hold) => hold.startsWith('ours')).length;
    return { ours, others: all.length - ours };
  },
};

const subscribing = {
  topics: toyTopics,
  addresses: ['https://receiver.example.test/toy', 'https://elsewhere.example.test/toy'],
  faults: ['disabled', 'narrowed'],
  add: ({ state }: Toys, subscription: Parameters<ToyState['subscribe']>[0]) => state.subscribe(subscription),
} as const;

export const handlingScenery: Pick<Scenery, HandlingOperation> = {
  'orders.update': {
    unknown: () => refOf('order', '999999'),
    noted: ({ state }, _number, { note, tags }) =>
      refOf('order', state.add('orders', 'open', { said: { note }, lists: { tags } }).id),
    shown({ state }, { id }) {
      const { said, lists, counts } = record(state, 'orders', id);
      return { note: said['note'] ?? '', tags: lists['tags'] ?? [], version: `${counts['writes'] ?? 0} writes` };
    },
    tagByStranger({ state }, { id }, tag) {
      const { lists } = record(state, 'orders', id);
      lists['tags'] = [...(lists['tags'] ?? []), tag];
    },
  },
  'fulfillments.hold': {
    ...holding,
    late: ({ state }) => refOf('fulfillment', state.add('fulfillments', 'shipped').id),
  },
  'fulfillments.release': { ...holding, holdByUs: ({ state }, ref, reason) => putOn(state, ref, `ours: ${reason}`) },
  'fulfillments.answer': {
    unknown: () => refOf('fulfillment', '999999'),
    unasked: ({ state }) => refOf('fulfillment', state.add('fulfillments').id),
    asked: ({ state }, _number, to) =>
      refOf('fulfillment', state.add('fulfillments', 'open', { said: { [`${to} asked`]: 'yes' } }).id),
    answered: ({ state }, { id }, to) => answered(record(state, 'fulfillments', id), to),
  },
  'shipments.update': {
    unknown: () => refOf('shipment', '999999'),
    traveling: ({ state }) =>
      refOf('shipment', state.add('shipments', 'shipped', { lists: { numbers: ['TRACK-OLD'] } }).id),
    voided: ({ state }) => refOf('shipment', state.add('shipments', 'canceled').id),
    trackingNumbers: ({ state }, { id }) => record(state, 'shipments', id).lists['numbers'] ?? [],
  },
  'shipments.report': {
    unknown: () => refOf('shipment', '999999'),
    traveling: ({ state }) => refOf('shipment', state.add('shipments', 'shipped').id),
    reportedAt: ({ state }, { id }) =>
      (record(state, 'shipments', id).lists['reports'] ?? []).map((report) => report.split(' ')[1] ?? ''),
  },
  'payments.capture': {
    unknown: () => refOf('order', '999999'),
    draft({ state }, number) {
      const authorization = `AUTH-${number}`;
      const counts = { authorized: reservedPence };
      const { id } = state.add('orders', 'open', { said: { authorization }, counts });
      return { order: refOf('order', id), authorization, amount: pounds(reservedPence) };
    },
    reserved: ({ state }, { order }) => pounds(record(state, 'orders', order.id).counts['authorized'] ?? 0),
    taken: ({ state }, { order }) =>
      (record(state, 'orders', order.id).lists['taken'] ?? []).map((pence) => pounds(Number(pence))),
    takeByStranger({ state }, { order, amount }) {
      const { counts, lists } = record(state, 'orders', order.id);
      const pence = Number(toMinorUnits(amount));
      counts['authorized'] = (counts['authorized'] ?? 0) - pence;
      lists['taken'] = [...(lists['taken'] ?? []), String(pence)];
    },
  },
  'webhooks.subscribe': { ...subscribing, there: ({ state }) => state.subscriptions },
  'webhooks.subscriptions': subscribing,
};

function putOn(state: ToyState, { id }: Ref<'fulfillment'>, hold: string): void {
  const { lists } = record(state, 'fulfillments', id);
  lists['holds'] = [...(lists['holds'] ?? []), hold];
}

function answered({ said }: Toy, to: FulfillmentAnswer['to']): 'accepted' | 'rejected' | undefined {
  const answer = said[to];
  return answer === 'accepted' || answer === 'rejected' ? answer : undefined;
}

function pounds(pence: number) {
  return fromMinorUnits(BigInt(pence), 'GBP');
}

function record({ tables }: ToyState, kind: string, id: string): Toy {
  const found = tables[kind]?.get(id);
  if (!found) throw new Error(`There is nothing under "${kind}/${id}".`);
  return found;
}
