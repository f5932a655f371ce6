import type { Ref, Shipment } from '@crossdock/core';
import { aParcel, aShipment } from '../../builders/shipment.ts';
import { codeOf, holds, outcomeOf, refusal, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';
import type { ShippableOrder } from '../scenes.ts';
import { loseAnswer, mostCalls, settleMs } from './lost-answer.ts';

type ConfirmTrial = Trial<'shipments.confirm'>;

/** A shipment with so many units of every line of an order. */
function shipmentOf(order: ShippableOrder, part: string, quantityOf: (ordered: number) => number): Shipment {
  const lines = order.lines
    .map(({ id, sku, quantity }) => ({ sku, quantity: quantityOf(quantity), orderLineId: id }))
    .filter(({ quantity }) => quantity > 0);
  return aShipment({
    ref: { system: 'warehouse', kind: 'shipment', id: `${order.order.id}/${part}` },
    number: `${order.order.id}/${part}`,
    order: order.order,
    parcels: [aParcel({ id: part, trackingNumber: `TRACK-${part}`, lines })],
  });
}

function unitsOf({ lines }: ShippableOrder): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

async function readyOrder({ scenery, platform }: ConfirmTrial, number: number): Promise<ShippableOrder> {
  const order = await scenery['shipments.confirm'].ready(platform, number);
  holds(
    order.lines.some(({ quantity }) => quantity >= 2),
    'The scenery has to give an order with a line for two or more.',
  );
  return order;
}

async function expectShipped(trial: ConfirmTrial, order: Ref<'order'>, wanted: number, after: string): Promise<void> {
  const there = await trial.scenery['shipments.confirm'].shipped(trial.platform, order);
  holds(there === wanted, `${there} units of the order are shipped there ${after}, and ${wanted} left.`);
}

const everything = (ordered: number) => ordered;

export const shipmentsConfirmLaws = [
  law({
    id: 'shipments.confirm/same-key-confirms-once',
    operations: ['shipments.confirm'],
    async check(trial) {
      const order = await readyOrder(trial, 1);
      const confirmation = { order: order.order, shipment: shipmentOf(order, 'a', everything) };
      for (const connector of [trial.connector, trial.connector, trial.connect()]) {
        await succeeds(
          () => connector.shipments.confirm(confirmation, { idempotencyKey: 'key-1' }),
          'shipments.confirm, called again with its key,',
        );
      }
      await expectShipped(trial, order.order, unitsOf(order), 'after three confirmations with one key');
    },
  }),
  law({
    id: 'shipments.confirm/same-key-of-a-part-confirms-once',
    operations: ['shipments.confirm'],
    async check(trial) {
      const order = await readyOrder(trial, 1);
      const confirmation = { order: order.order, shipment: shipmentOf(order, 'a', (ordered) => Math.min(1, ordered)) };
      for (const connector of [trial.connector, trial.connector, trial.connect()]) {
        await succeeds(
          () => connector.shipments.confirm(confirmation, { idempotencyKey: 'key-1' }),
          'shipments.confirm of a part, called again with its key,',
        );
      }
      await expectShipped(trial, order.order, order.lines.length, 'after three confirmations of one part');
    },
  }),
  law({
    id: 'shipments.confirm/lost-answer-confirms-once',
    operations: ['shipments.confirm'],
    async check(trial) {
      for (let lost = 1; lost <= mostCalls; lost++) {
        const order = await readyOrder(trial, lost);
        const shipment = shipmentOf(order, `a${lost}`, (ordered) => Math.min(1, ordered));
        const confirm = () =>
          trial.connector.shipments.confirm({ order: order.order, shipment }, { idempotencyKey: `key-${lost}` });
        const isLost = loseAnswer(trial.platform, lost);
        const first = await outcomeOf(confirm);
        const happened = isLost();
        if (!first.ok) {
          holds(codeOf(first.error) !== 'no CommerceError', 'shipments.confirm threw no CommerceError.');
          await trial.clock.advance(settleMs);
          await succeeds(confirm, `shipments.confirm, repeated after lost answer ${lost},`);
        }
        await expectShipped(trial, order.order, order.lines.length, `after answer ${lost} was lost`);
        if (!happened) return;
      }
    },
  }),
  law({
    id: 'shipments.confirm/a-part-and-then-the-rest',
    operations: ['shipments.confirm'],
    async check(trial) {
      const order = await readyOrder(trial, 1);
      const part = shipmentOf(order, 'a', (ordered) => Math.min(1, ordered));
      const rest = shipmentOf(order, 'b', (ordered) => ordered - Math.min(1, ordered));
      for (const [index, shipment] of [part, rest].entries()) {
        await succeeds(
          () =>
            trial.connector.shipments.confirm({ order: order.order, shipment }, { idempotencyKey: `key-${index + 1}` }),
          index === 0 ? 'shipments.confirm of a part' : 'shipments.confirm of the rest',
        );
      }
      await expectShipped(trial, order.order, unitsOf(order), 'after a part and the rest');
    },
  }),
  law({
    id: 'shipments.confirm/never-more-than-open',
    operations: ['shipments.confirm'],
    async check(trial) {
      const order = await readyOrder(trial, 1);
      const shipment = shipmentOf(order, 'a', (ordered) => ordered + 1);
      const what = 'shipments.confirm of one unit more than was ordered';
      const more = () =>
        trial.connector.shipments.confirm({ order: order.order, shipment }, { idempotencyKey: 'key-1' });
      const { code } = await refusal(more, what);
      holds(code === 'record.rejected', `${what} was refused as "${code}".`);
      const there = await trial.scenery['shipments.confirm'].shipped(trial.platform, order.order);
      holds(there === 0, `${there} units are shipped there by ${what}.`);
    },
  }),
] as const;
