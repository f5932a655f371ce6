import { euros, aDraft, aDraftLine } from '../drafts.ts';
import { tagsOf } from '../../src/order-tags.ts';
import { refOf } from '../shop.ts';
import type { TriedWrite, World } from './trial.ts';

const stock = ({ state }: World) => `${state.stockOf('TEE')} tees and ${state.stockOf('MUG')} mugs`;

/** Writes of orders and of what was given back. */
export const orderTrials: readonly TriedWrite[] = [
  {
    operation: 'orders.create',
    prepare(world, number) {
      const lines = [aDraftLine('TEE', 3, '10.00'), aDraftLine('MUG', 2, '5.00')];
      const draft = aDraft(number, { lines });
      return {
        write: async ({ orders }, options) => (await orders.create(draft, options)).id,
        effect: () => `${world.state.orders.map(({ status }) => status).join()}, ${stock(world)}`,
        wanted: 'processing, 997 tees and 998 mugs',
      };
    },
  },
  {
    operation: 'orders.update',
    prepare(world) {
      const id = world.place({ customerNote: 'Ring twice.' });
      const change = { note: 'Leave it at the door.', addTags: ['vip', 'gift'], removeTags: ['nowhere'] };
      return {
        write: async ({ orders }, options) => (await orders.update(refOf(id), change, options)).id,
        effect() {
          const { customerNote = '', meta = [] } = world.state.order(id) ?? {};
          return `"${customerNote}" with ${meta.length} fields: ${[...tagsOf(meta)].toSorted().join()}`;
        },
        wanted: '"Leave it at the door." with 2 fields: gift,vip',
      };
    },
  },
  {
    operation: 'orders.cancel',
    prepare(world) {
      const id = world.place();
      return {
        write: async ({ orders }, options) => (await orders.cancel(refOf(id), 'customer', options)).outcome,
        effect: () => `${world.statusOf(id)}, ${stock(world)}`,
        wanted: 'cancelled, 1000 tees and 1000 mugs',
      };
    },
  },
  {
    operation: 'refunds.create',
    prepare(world, number) {
      const id = world.place();
      const [line] = world.state.order(id)?.lines ?? [];
      const draft = {
        number: `R-${number}`,
        order: refOf(id),
        lines: [
          { orderLineId: String(line?.id), quantity: 1, amount: euros('10.00'), tax: euros('1.90'), restocked: true },
        ],
        total: euros('11.90'),
        refundedAt: '2026-11-01T10:00:00Z',
      };
      return {
        write: async ({ refunds }, options) => (await refunds.create(draft, options)).id,
        effect() {
          const sums = (world.state.order(id)?.refunds ?? []).map(({ amount }) => String(amount));
          return `refunds of ${sums.join()}, ${stock(world)}`;
        },
        wanted: 'refunds of 11900000, 998 tees and 998 mugs',
      };
    },
  },
];
