import { eventsOfOrder, type Order, type Ref } from '@crossdock/core';
import { holds, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';
import { readAll } from '../read-all.ts';
import { pullLaws, statusLaws } from './pulling.ts';

export const ordersPullLaws = [
  ...pullLaws({
    operation: 'orders.pull',
    pullOf: (connector) => (since, options) => connector.orders.pull(since, options),
    sceneryOf: (scenery) => scenery['orders.pull'],
  }),
  ...statusLaws(
    'orders.pull',
    (connector) => (since, options) => connector.orders.pull(since, options),
    (scenery) => scenery['orders.pull'],
  ),
  law({
    id: 'orders.pull/an-order-that-waits-is-pending',
    operations: ['orders.pull'],
    applies: (_traits, scenery) => scenery['orders.pull']?.pending !== undefined,
    async check(trial) {
      const ref = await pendingOrder(trial);
      const { items } = await succeeds(() => readAll(trial.connector.orders.pull({})), 'orders.pull');
      const order = found(items, ref);
      holds(order !== undefined, `orders.pull left out "${ref.id}", which waits: it holds stock all the same.`);
      holds(order.status === 'pending', `orders.pull calls "${ref.id}" ${order.status}, and it may not be worked on.`);
      const types = typesOf(order);
      holds(
        types.includes('order.pending') && !types.includes('order.placed'),
        `"${ref.id}" waits, and orders.pull states ${types.join(', ')} of it.`,
      );
    },
  }),
  law({
    id: 'orders.pull/an-accepted-order-is-placed',
    operations: ['orders.pull'],
    applies: (_traits, { 'orders.pull': scene }) => scene?.pending !== undefined && scene.accept !== undefined,
    async check(trial) {
      const ref = await pendingOrder(trial);
      const first = await succeeds(() => readAll(trial.connector.orders.pull({})), 'orders.pull');
      await trial.clock.advance(hourMs);
      await trial.scenery['orders.pull'].accept?.(trial.platform, ref);
      const cursor = first.cursors.at(-1);
      const next = await succeeds(() => readAll(trial.connect().orders.pull({ cursor })), 'orders.pull');
      const order = found(next.items, ref);
      holds(order !== undefined, `orders.pull from its last cursor left out "${ref.id}", which was accepted since.`);
      const types = typesOf(order);
      holds(
        types.includes('order.placed') && !types.includes('order.pending'),
        `"${ref.id}" waits no more, and orders.pull states ${types.join(', ')} of it.`,
      );
    },
  }),
] as const;

async function pendingOrder({ scenery, platform }: Trial<'orders.pull'>): Promise<Ref<'order'>> {
  const ref = await scenery['orders.pull'].pending?.(platform);
  holds(ref !== undefined, 'The scenery made no order that waits.');
  return ref;
}

/** The order as it was told last. */
function found(orders: readonly Order[], { id }: Ref<'order'>): Order | undefined {
  return orders.findLast(({ ref }) => ref.id === id);
}

function typesOf(order: Order): readonly string[] {
  return eventsOfOrder(order).map(({ type }) => type);
}

const hourMs = 60 * 60_000;
