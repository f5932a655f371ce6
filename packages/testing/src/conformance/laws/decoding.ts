import type { CommerceEvent, Delivery, Offers, OperationName } from '@crossdock/core';
import { holds, refusal, succeeds } from '../holds.ts';
import { law, type OpenTrial, type Trial } from '../law.ts';
import { pullsOf } from '../pulls.ts';

type DecodeOperation = 'webhooks.decode' | 'notifications.decode';
type ReadOperation = 'webhooks.verify' | 'notifications.read';

/** How a platform tells of what happened: `deliver` reads a genuine telling, `decode` says what it means. */
export interface Telling<R extends ReadOperation, D extends DecodeOperation> {
  readonly operation: D;
  readonly reading: R;
  readonly deliver: (trial: Trial<R | D>) => Promise<Delivery>;
  readonly decode: (connector: Offers<R | D>, delivery: Delivery) => Promise<readonly CommerceEvent[]>;
}

/** The pull that brings what an event is about, by the beginning of its name. A level is a fact of its moment only. */
const pullable: Readonly<Record<string, OperationName>> = {
  'order.': 'orders.pull',
  'shipment.': 'shipments.pull',
  'product.': 'products.pull',
  'category.': 'categories.pull',
  'price.': 'prices.pull',
  'customer.': 'customers.pull',
  'fulfillment.': 'fulfillments.pull',
  'return.': 'returns.pull',
  'refund.': 'refunds.pull',
  'invoice.': 'invoices.pull',
  'payment.': 'payments.pull',
  'purchase.': 'purchases.pull',
  'receipt.': 'receipts.pull',
};

/** What holds for what a platform tells of itself, whichever way it comes. */
export function decodingLaws<const R extends ReadOperation, const D extends DecodeOperation>(telling: Telling<R, D>) {
  const { operation, reading, deliver, decode } = telling;
  const operations = [reading, operation] as const;
  const means = ({ connector }: Trial<R | D>, delivery: Delivery) =>
    succeeds(() => decode(connector, delivery), operation);

  return [
    law({
      id: `${operation}/repeated-delivery-gives-the-same-events`,
      operations,
      async check(trial) {
        const delivery = await deliver(trial);
        const first = await means(trial, delivery);
        holds(first.length > 0, `${operation} made nothing of a genuine delivery.`);
        await trial.clock.advance(60_000);
        const second = await means(trial, delivery);
        const ids = [first, second].map((events) => events.map(({ id }) => id).join(' '));
        holds(ids[0] === ids[1], `One delivery means "${ids[0]}", and "${ids[1]}" when it is repeated.`);
      },
    }),
    law({
      id: `${operation}/same-fact-has-the-same-id-by-pull`,
      operations,
      async check(trial) {
        const events = await means(trial, await deliver(trial));
        const pulled = await pulledIds(trial, events);
        const comparable = events.filter(({ type }) =>
          Object.entries(pullable).some(([start, pull]) => type.startsWith(start) && trial.connector.can(pull)),
        );
        const strange = comparable.filter(({ id }) => !pulled.has(id)).map(({ id }) => `"${id}"`);
        holds(
          strange.length === 0,
          `A delivery told of ${strange.join(', ')}, and the pull calls the same facts otherwise.`,
        );
      },
    }),
    law({
      id: `${operation}/refuses-an-unknown-topic-in-words`,
      operations,
      async check({ connector }) {
        const strange = { deliveryId: 'strange-1', topic: 'nobody/knows', body: '{}' };
        const error = await refusal(() => decode(connector, strange), `${operation} of an unknown topic`);
        holds(
          error.code === 'webhook.unknown' && error.message.includes(strange.topic),
          `${operation} refused a topic that nobody knows as "${error.code}", without naming it.`,
        );
      },
    }),
  ] as const;
}

/** What the facts of these kinds are called by whoever pulls them. */
async function pulledIds(
  { connector, platform, clock, secrets }: Omit<OpenTrial, 'connect' | 'scenery'>,
  events: readonly CommerceEvent[],
): Promise<ReadonlySet<string>> {
  const asked = new Set(
    Object.entries(pullable).flatMap(([start, pull]) =>
      events.some(({ type }) => type.startsWith(start)) ? [pull] : [],
    ),
  );
  const trial = { connector, platform, clock, secrets, connect: () => connector, scenery: {} };
  const ids = new Set<string>();
  for (const { operation, facts } of pullsOf(trial)) {
    if (!asked.has(operation)) continue;
    for (const { id } of await facts()) ids.add(id);
  }
  return ids;
}
