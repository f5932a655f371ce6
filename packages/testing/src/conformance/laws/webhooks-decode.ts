import { eventsOfOrder, eventsOfShipment, type CommerceEvent, type Delivery } from '@crossdock/core';
import { holds, refusal, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';
import { readAll } from '../read-all.ts';

type DecodeTrial = Trial<'webhooks.verify' | 'webhooks.decode'>;

async function deliver(trial: DecodeTrial): Promise<Delivery> {
  const posting = await trial.scenery['webhooks.verify'].genuine(trial.platform);
  const verification = await trial.connector.webhooks.verify(await trial.platform.webhooks.request(posting));
  holds(verification.ok, 'webhooks.verify refused a genuine delivery.');
  return verification.delivery;
}

function decode({ connector }: DecodeTrial, delivery: Delivery): Promise<readonly CommerceEvent[]> {
  return succeeds(() => connector.webhooks.decode(delivery), 'webhooks.decode');
}

/** What can be pulled, by the beginning of the name of its events. */
const pullable = { 'order.': 'orders.pull', 'shipment.': 'shipments.pull' } as const;

export const webhooksDecodeLaws = [
  law({
    id: 'webhooks.decode/repeated-delivery-gives-the-same-events',
    operations: ['webhooks.verify', 'webhooks.decode'],
    async check(trial) {
      const delivery = await deliver(trial);
      const first = await decode(trial, delivery);
      holds(first.length > 0, 'webhooks.decode made nothing of a genuine delivery.');
      await trial.clock.advance(60_000);
      const second = await decode(trial, delivery);
      const ids = [first, second].map((events) => events.map(({ id }) => id).join(' '));
      holds(ids[0] === ids[1], `One delivery means "${ids[0]}", and "${ids[1]}" when it is repeated.`);
    },
  }),
  law({
    id: 'webhooks.decode/same-fact-has-the-same-id-by-pull',
    operations: ['webhooks.verify', 'webhooks.decode'],
    async check(trial) {
      const events = await decode(trial, await deliver(trial));
      const { connector } = trial;
      const pulled = new Set<string>();
      if (connector.can('orders.pull')) {
        const { items } = await readAll(connector.orders.pull({}));
        for (const event of items.flatMap((order) => eventsOfOrder(order))) pulled.add(event.id);
      }
      if (trial.connector.can('shipments.pull')) {
        const { items } = await readAll(trial.connector.shipments.pull({}));
        for (const event of items.flatMap((shipment) => eventsOfShipment(shipment))) pulled.add(event.id);
      }
      const comparable = events.filter(({ type }) =>
        Object.entries(pullable).some(([start, operation]) => type.startsWith(start) && connector.can(operation)),
      );
      const strange = comparable.filter(({ id }) => !pulled.has(id)).map(({ id }) => `"${id}"`);
      holds(
        strange.length === 0,
        `A webhook told of ${strange.join(', ')}, and the pull calls the same facts otherwise.`,
      );
    },
  }),
  law({
    id: 'webhooks.decode/refuses-an-unknown-topic-in-words',
    operations: ['webhooks.verify', 'webhooks.decode'],
    async check(trial) {
      const strange = { deliveryId: 'strange-1', topic: 'nobody/knows', body: '{}' };
      const error = await refusal(
        () => trial.connector.webhooks.decode(strange),
        'webhooks.decode of an unknown topic',
      );
      holds(
        error.code === 'webhook.unknown' && error.message.includes(strange.topic),
        `webhooks.decode refused a topic that nobody knows as "${error.code}", without naming it.`,
      );
    },
  }),
] as const;
