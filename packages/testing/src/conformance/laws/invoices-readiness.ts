import type { InvoiceObstacle, InvoiceReadiness, Ref } from '@crossdock/core';
import type { BillingStage } from '../accounting-scenery.ts';
import { holds, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';
import { unknownLaws } from './asking.ts';

type ReadinessTrial = Pick<Trial<'invoices.readiness'>, 'connector'>;

async function readinessOf({ connector }: ReadinessTrial, order: Ref<'order'>): Promise<InvoiceReadiness> {
  const readiness = await succeeds(() => connector.invoices.readiness(order), 'invoices.readiness');
  holds(readiness !== undefined, `invoices.readiness knows nothing of order "${order.id}", which is there.`);
  holds(readiness.order.id === order.id, `invoices.readiness of "${order.id}" answered for "${readiness.order.id}".`);
  return readiness;
}

/** Breaks the law unless nothing of the order may be billed, for this reason. */
function expectObstacle({ ready, obstacles, lines }: InvoiceReadiness, wanted: InvoiceObstacle, what: string): void {
  holds(!ready, `invoices.readiness says that an order can be billed which ${what}.`);
  const named = obstacles.join(', ') || 'nothing';
  holds(obstacles.includes(wanted), `invoices.readiness names ${named} of an order which ${what}, not "${wanted}".`);
  holds(lines.length === 0, `invoices.readiness gives ${lines.length} lines to bill of an order which ${what}.`);
}

const obstacles: readonly (readonly [BillingStage, InvoiceObstacle, string])[] = [
  ['draft', 'not-confirmed', 'is a draft'],
  ['unshipped', 'not-shipped', 'is not shipped'],
  ['billed', 'nothing-to-bill', 'is billed'],
  ['canceled', 'canceled', 'is canceled'],
];

export const invoicesReadinessLaws = [
  ...unknownLaws({
    operation: 'invoices.readiness',
    subject: 'order',
    ask: ({ invoices }, ref: Ref<'order'>) => invoices.readiness(ref),
    sceneryOf: (scenery) => scenery['invoices.readiness'],
  }),
  law({
    id: 'invoices.readiness/what-is-shipped-can-be-billed',
    operations: ['invoices.readiness'],
    async check(trial) {
      const order = await trial.scenery['invoices.readiness'].at(trial.platform, 'shipped');
      const readiness = await readinessOf(trial, order);
      const named = readiness.obstacles.join(', ');
      holds(readiness.ready && named === '', `invoices.readiness says no to an order that is shipped: ${named}.`);
      const isPlain = readiness.lines.length > 0 && readiness.lines.every(({ quantity }) => quantity > 0);
      holds(isPlain, 'invoices.readiness says yes to an order that is shipped, and names nothing to bill.');
      holds(/[1-9]/.test(readiness.net.amount), `invoices.readiness says that ${readiness.net.amount} can be billed.`);
      holds(readiness.invoices.length === 0, 'invoices.readiness names a bill of an order that has none.');
    },
  }),
  law({
    id: 'invoices.readiness/says-why-nothing-can-be-billed',
    operations: ['invoices.readiness'],
    async check(trial) {
      for (const [stage, obstacle, what] of obstacles) {
        const order = await trial.scenery['invoices.readiness'].at(trial.platform, stage);
        const readiness = await readinessOf(trial, order);
        expectObstacle(readiness, obstacle, what);
        const isBilled = stage === 'billed';
        holds(
          readiness.invoices.length > 0 === isBilled,
          `invoices.readiness names ${readiness.invoices.length} bills of an order which ${what}.`,
        );
      }
    },
  }),
  law({
    id: 'invoices.readiness/a-bill-leaves-nothing-to-bill',
    operations: ['invoices.readiness', 'invoices.create'],
    async check(trial) {
      const draft = await trial.scenery['invoices.create'].draft(trial.platform, 1);
      const before = await readinessOf(trial, draft.order);
      holds(
        before.ready,
        `invoices.readiness says no to an order that is to be billed: ${before.obstacles.join(', ')}.`,
      );
      const bill = await succeeds(
        () => trial.connector.invoices.create(draft, { idempotencyKey: 'key-1' }),
        'invoices.create',
      );
      const after = await readinessOf(trial, draft.order);
      expectObstacle(after, 'nothing-to-bill', 'is billed');
      const isNamed = after.invoices.some(({ id }) => id === bill.id);
      holds(isNamed, `invoices.readiness does not name "${bill.id}", which is the bill of the order.`);
    },
  }),
] as const;
