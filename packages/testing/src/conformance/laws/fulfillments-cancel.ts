import { codeOf, holds, outcomeOf, succeeds } from '../holds.ts';
import { law } from '../law.ts';

const done: ReadonlySet<string> = new Set(['canceled', 'requested']);

export const fulfillmentsCancelLaws = [
  law({
    id: 'fulfillments.cancel/is-repeatable',
    operations: ['fulfillments.cancel'],
    async check({ connector, platform, scenery }) {
      const { open, isCanceled } = scenery['fulfillments.cancel'];
      const ref = await open(platform);
      const cancel = () => connector.fulfillments.cancel(ref, { idempotencyKey: 'cancel-1' });
      for (const time of ['first', 'second']) {
        const { outcome } = await succeeds(cancel, `fulfillments.cancel, called for the ${time} time,`);
        holds(done.has(outcome), `fulfillments.cancel answered "${outcome}" the ${time} time.`);
      }
      holds(await isCanceled(platform, ref), `Fulfillment "${ref.id}" is not canceled.`);
    },
  }),
  law({
    id: 'fulfillments.cancel/lost-answer-cancels',
    operations: ['fulfillments.cancel'],
    async check({ connector, clock, platform, scenery }) {
      const { open, isCanceled } = scenery['fulfillments.cancel'];
      const ref = await open(platform);
      const cancel = () => connector.fulfillments.cancel(ref, { idempotencyKey: 'cancel-1' });
      platform.faults.next('*', { kind: 'drop', when: 'after' });
      const first = await outcomeOf(cancel);
      if (!first.ok) holds(codeOf(first.error) !== 'no CommerceError', 'fulfillments.cancel threw no CommerceError.');
      await clock.advance(60_000);
      const { outcome } = await succeeds(cancel, 'fulfillments.cancel, repeated after a lost answer,');
      holds(done.has(outcome), `fulfillments.cancel answered "${outcome}" after its first answer was lost.`);
      holds(await isCanceled(platform, ref), `Fulfillment "${ref.id}" is not canceled.`);
    },
  }),
  law({
    id: 'fulfillments.cancel/too-late-is-refused-in-words',
    operations: ['fulfillments.cancel'],
    async check({ connector, platform, scenery }) {
      const { late, isCanceled } = scenery['fulfillments.cancel'];
      const ref = await late(platform);
      const answer = await succeeds(
        () => connector.fulfillments.cancel(ref, { idempotencyKey: 'cancel-1' }),
        'fulfillments.cancel of what has left',
      );
      holds(answer.outcome === 'refused', `fulfillments.cancel answered "${answer.outcome}" for what has left.`);
      holds(answer.reason.trim() !== '', 'fulfillments.cancel refused without a reason.');
      holds(!(await isCanceled(platform, ref)), `The scenery's late fulfillment "${ref.id}" was canceled.`);
    },
  }),
] as const;
