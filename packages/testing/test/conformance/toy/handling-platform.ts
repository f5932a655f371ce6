import { type StandingSubscription } from '@crossdock/testing/conformance';
import * as z from 'zod';
import type { Toy, ToyState } from './state.ts';

const toyCurrency = 'GBP';

/** Every topic of which the toy platform tells. */
export const toyTopics = ['orders/changed', 'stock/changed', 'shipments/changed'] as const;

const handlingSchema = z.looseObject({
  note: z.string().optional(),
  addTags: z.array(z.string()).default([]),
  removeTags: z.array(z.string()).default([]),
  reason: z.string().default(''),
  to: z.string().default(''),
  accept: z.boolean().default(false),
  numbers: z.array(z.string()).default([]),
  status: z.string().default(''),
  at: z.string().default(''),
  authorization: z.string().default(''),
  pence: z.number().default(0),
  currency: z.string().default(''),
  isLast: z.boolean().default(false),
  topics: z.array(z.string()).default([]),
  address: z.string().default(''),
});
type Body = z.infer<typeof handlingSchema>;

/** What the toy platform answers to what is done with what is there; `undefined` where it knows nothing of it. */
export function handlingAnswer(state: ToyState, method: string, path: readonly string[], body: unknown): unknown {
  const [kind = '', id = '', verb = ''] = path;
  if (kind === 'subscriptions' && method === 'GET') return { items: state.subscriptions };
  const given = handlingSchema.parse(body);
  if (kind === 'subscriptions') return subscribed(state, given);
  const record = state.tables[kind]?.get(id);
  return record && changes[`${kind}/${verb}`]?.(record, given, state);
}

type Handle = (record: Toy, body: Body, state: ToyState) => unknown;

const changes: Readonly<Record<string, Handle>> = {
  'orders/notes'(order, { note = order.said['note'] ?? '', addTags, removeTags }) {
    const tags = order.lists['tags'] ?? [];
    const wanted = [...new Set([...tags, ...addTags])].filter((tag) => !removeTags.includes(tag));
    const isSame = note === (order.said['note'] ?? '') && wanted.join() === tags.join();
    if (!isSame) order.counts['writes'] = (order.counts['writes'] ?? 0) + 1;
    order.said['note'] = note;
    order.lists['tags'] = wanted;
    return { id: order.id };
  },
  'orders/capture'(order, { authorization, pence, currency, isLast }, state) {
    if (order.said['authorization'] !== authorization) return 'nothing such';
    const reserved = order.counts['authorized'] ?? 0;
    if (pence > reserved || pence <= 0 || currency !== toyCurrency) return 'too many';
    order.counts['authorized'] = isLast ? 0 : reserved - pence;
    order.lists['taken'] = [...(order.lists['taken'] ?? []), String(pence)];
    return { id: state.add('payments', 'open', { of: order.id }).id };
  },
  'fulfillments/hold'(fulfillment, { reason }) {
    if (fulfillment.status === 'shipped') return 'too many';
    fulfillment.lists['holds'] = [...(fulfillment.lists['holds'] ?? []), `ours: ${reason}`];
    return { id: fulfillment.id };
  },
  'fulfillments/release'(fulfillment, { reason }) {
    fulfillment.lists['holds'] = (fulfillment.lists['holds'] ?? []).filter((hold) => hold !== `ours: ${reason}`);
    return { id: fulfillment.id };
  },
  'fulfillments/answer'({ id, said }, { to, accept }) {
    const answer = accept ? 'accepted' : 'rejected';
    if (said[`${to} asked`] === undefined || (said[to] ?? answer) !== answer) return 'too many';
    said[to] = answer;
    return { id };
  },
  'shipments/tracking'(shipment, { numbers }) {
    if (shipment.status === 'canceled') return 'too many';
    shipment.lists['numbers'] = numbers;
    return { id: shipment.id };
  },
  'shipments/report'(shipment, { status, at }) {
    const reports = shipment.lists['reports'] ?? [];
    const report = `${status} ${at}`;
    if (!reports.includes(report)) shipment.lists['reports'] = [...reports, report];
    return { id: shipment.id };
  },
};

/** Makes, repairs and ends what the plan says of its address, and touches no other one. */
function subscribed(state: ToyState, { topics, address }: Body): unknown {
  const isKnown = topics.every((topic) => toyTopics.some((known) => known === topic));
  if (!isKnown) return 'unknown topic';
  const stays = ({ address: to, topic }: StandingSubscription) => to !== address || topics.includes(topic);
  state.subscriptions = state.subscriptions
    .filter(stays)
    .map((one) => (one.address === address ? { ...one, state: 'active' as const } : one));
  for (const topic of topics) {
    const isThere = state.subscriptions.some((one) => one.address === address && one.topic === topic);
    if (!isThere) state.subscribe({ topic, address, state: 'active' });
  }
  return { items: state.subscriptions.filter((one) => one.address === address) };
}
