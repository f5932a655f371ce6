import { codeOf, holds, outcomeOf, succeeds } from '../holds.ts';
import { law } from '../law.ts';

const done: ReadonlySet<string> = new Set(['canceled', 'requested']);

export const ordersCancelLaws = [
  law({
    id: 'orders.cancel/is-repeatable',
    operations: ['orders.cancel'],
    async check({ connector, platform, scenery }) {
      const { open, isCanceled } = scenery['orders.cancel'];
      const ref = await open(platform);
      const cancel = () => connector.orders.cancel(ref, 'customer', { idempotencyKey: 'cancel-1' });
      for (const time of ['first', 'second']) {
        const { outcome } = await succeeds(cancel, `orders.cancel, called for the ${time} time,`);
        holds(done.has(outcome), `orders.cancel answered "${outcome}" the ${time} time.`);
      }
      holds(await isCanceled(platform, ref), `Order "${ref.id}" is not canceled.`);
    },
  }),
  law({
    id: 'orders.cancel/lost-answer-cancels',
    operations: ['orders.cancel'],
    async check({ connector, clock, platform, scenery }) {
      const { open, isCanceled } = scenery['orders.cancel'];
      const ref = await open(platform);
      const cancel = () => connector.orders.cancel(ref, 'customer', { idempotencyKey: 'cancel-1' });
      platform.faults.next('*', { kind: 'drop', when: 'after' });
      const first = await outcomeOf(cancel);
      if (!first.ok) holds(codeOf(first.error) !== 'no CommerceError', 'orders.cancel threw no CommerceError.');
      await clock.advance(60_000);
      const { outcome } = await succeeds(cancel, 'orders.cancel, repeated after a lost answer,');
      holds(done.has(outcome), `orders.cancel answered "${outcome}" after its first answer was lost.`);
      holds(await isCanceled(platform, ref), `Order "${ref.id}" is not canceled.`);
    },
  }),
] as const;
