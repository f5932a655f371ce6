import { holdReasons, type Ref } from '@crossdock/core';
import { holds, refusal, succeeds } from '../holds.ts';
import { law } from '../law.ts';
import { changingLaws, missingLaws } from './changing.ts';
import { expectHolds, holdWords } from './holding.ts';

const hold = { reason: 'payment', note: 'The bank asks for a day.' } as const;

export const fulfillmentsHoldLaws = [
  ...changingLaws({
    operation: 'fulfillments.hold',
    async prepare({ scenery, platform }, number) {
      const scene = scenery['fulfillments.hold'];
      const ref = await scene.open(platform, number);
      return {
        change: async ({ fulfillments }, options) => (await fulfillments.hold(ref, hold, options)).id,
        answer: ref.id,
        state: async () => holdWords(await scene.holds(platform, ref)),
        wanted: holdWords({ ours: 1, others: 0 }),
      };
    },
  }),
  ...missingLaws({
    operation: 'fulfillments.hold',
    subject: 'fulfillment',
    change: ({ fulfillments }, ref: Ref<'fulfillment'>, options) => fulfillments.hold(ref, hold, options),
    sceneryOf: (scenery) => scenery['fulfillments.hold'],
  }),
  law({
    id: 'fulfillments.hold/every-reason-holds',
    operations: ['fulfillments.hold'],
    async check({ connector, platform, scenery }) {
      const scene = scenery['fulfillments.hold'];
      for (const [index, reason] of holdReasons.entries()) {
        const ref = await scene.open(platform, index + 1);
        const options = { idempotencyKey: `key-${reason}` };
        await succeeds(
          () => connector.fulfillments.hold(ref, { reason }, options),
          `fulfillments.hold because of "${reason}", without a note,`,
        );
        await expectHolds(scene, platform, ref, { ours: 1, others: 0 }, `after a hold because of "${reason}"`);
      }
    },
  }),
  law({
    id: 'fulfillments.hold/holds-of-others-stay',
    operations: ['fulfillments.hold'],
    async check({ connector, platform, scenery }) {
      const scene = scenery['fulfillments.hold'];
      const ref = await scene.open(platform, 1);
      await scene.holdByStranger(platform, ref);
      const options = { idempotencyKey: 'key-1' };
      await succeeds(() => connector.fulfillments.hold(ref, hold, options), 'fulfillments.hold of what others hold');
      await expectHolds(scene, platform, ref, { ours: 1, others: 1 }, 'after what others hold was held');
    },
  }),
  law({
    id: 'fulfillments.hold/what-has-left-is-refused',
    operations: ['fulfillments.hold'],
    async check({ connector, platform, scenery }) {
      const scene = scenery['fulfillments.hold'];
      const ref = await scene.late(platform);
      const what = 'fulfillments.hold of what has left';
      const late = () => connector.fulfillments.hold(ref, hold, { idempotencyKey: 'key-1' });
      const { code } = await refusal(late, what);
      holds(code === 'record.rejected', `${what} was refused as "${code}".`);
      await expectHolds(scene, platform, ref, { ours: 0, others: 0 }, `after ${what}`);
    },
  }),
  law({
    id: 'fulfillments.hold/another-content-under-its-key-is-refused',
    operations: ['fulfillments.hold'],
    async check(trial) {
      const { connector, platform, scenery } = trial;
      const scene = scenery['fulfillments.hold'];
      const ref = await scene.open(platform, 1);
      const options = { idempotencyKey: 'key-1' };
      await succeeds(() => connector.fulfillments.hold(ref, hold, options), 'fulfillments.hold');
      const what = 'fulfillments.hold for another reason under the same key';
      const other = () => trial.connect().fulfillments.hold(ref, { reason: 'address' }, options);
      const { code } = await refusal(other, what);
      holds(code === 'key.reused', `${what} was refused as "${code}".`);
      await expectHolds(scene, platform, ref, { ours: 1, others: 0 }, `after ${what}`);
    },
  }),
  law({
    id: 'fulfillments.hold/is-seen-by-get',
    operations: ['fulfillments.hold', 'fulfillments.get'],
    async check({ connector, platform, scenery }) {
      const ref = await scenery['fulfillments.hold'].open(platform, 1);
      const before = await succeeds(() => connector.fulfillments.get(ref), 'fulfillments.get');
      holds(before?.status !== 'on-hold', 'The scenery gives a fulfillment order that is held already.');
      const options = { idempotencyKey: 'key-1' };
      await succeeds(() => connector.fulfillments.hold(ref, hold, options), 'fulfillments.hold');
      const after = await succeeds(() => connector.fulfillments.get(ref), 'fulfillments.get');
      holds(after?.status === 'on-hold', `fulfillments.get says "${after?.status}" of what is held.`);
    },
  }),
] as const;
