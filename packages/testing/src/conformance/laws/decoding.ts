import {
  eventsOfOrder,
  eventsOfShipment,
  type CommerceEvent,
  type Delivery,
  type Offers,
  type OperationName,
} from '@crossdock/core';
import { holds, refusal, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';
import { readAll } from '../read-all.ts';

type DecodeOperation = 'webhooks.decode' | 'notifications.decode';
type ReadOperation = 'webhooks.verify' | 'notifications.read';

/** How a platform tells of what happened: `deliver` reads a genuine telling, `decode` says what it means. */
export interface Telling<R extends ReadOperation, D extends DecodeOperation> {
  readonly operation: D;
  readonly reading: R;
  readonly deliver: (trial: Trial<R | D>) => Promise<Delivery>;
  readonly decode: (connector: Offers<R | D>, delivery: Delivery) => Promise<readonly CommerceEvent[]>;
}

/** What can be pulled, by the beginning of the name of its events. */
const pullable = { 'order.': 'orders.pull', 'shipment.': 'shipments.pull' } as const satisfies Record<
  string,
  OperationName
>;

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
        const pulled = await pulledIds(trial);
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

/** What the same facts are called by whoever pulls them. */
async function pulledIds({ connector }: Pick<Trial<never>, 'connector'>): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  if (connector.can('orders.pull')) {
    const { items } = await readAll(connector.orders.pull({}));
    for (const event of items.flatMap((order) => eventsOfOrder(order))) ids.add(event.id);
  }
  if (connector.can('shipments.pull')) {
    const { items } = await readAll(connector.shipments.pull({}));
    for (const event of items.flatMap((shipment) => eventsOfShipment(shipment))) ids.add(event.id);
  }
  return ids;
}
