import type { Ref } from '@crossdock/core';
import { succeeds } from '../holds.ts';
import { law } from '../law.ts';
import { changingLaws, missingLaws } from './changing.ts';
import { expectHolds, holdWords } from './holding.ts';

export const fulfillmentsReleaseLaws = [
  ...changingLaws({
    operation: 'fulfillments.release',
    async prepare({ scenery, platform }, number) {
      const scene = scenery['fulfillments.release'];
      const ref = await scene.open(platform, number);
      await scene.holdByUs(platform, ref);
      return {
        change: async ({ fulfillments }, options) => (await fulfillments.release(ref, options)).id,
        answer: ref.id,
        state: async () => holdWords(await scene.holds(platform, ref)),
        wanted: holdWords({ ours: 0, others: 0 }),
      };
    },
  }),
  ...missingLaws({
    operation: 'fulfillments.release',
    subject: 'fulfillment',
    change: ({ fulfillments }, ref: Ref<'fulfillment'>, options) => fulfillments.release(ref, options),
    sceneryOf: (scenery) => scenery['fulfillments.release'],
  }),
  law({
    id: 'fulfillments.release/holds-of-others-stay',
    operations: ['fulfillments.release'],
    async check({ connector, platform, scenery }) {
      const scene = scenery['fulfillments.release'];
      const ref = await scene.open(platform, 1);
      await scene.holdByStranger(platform, ref);
      await scene.holdByUs(platform, ref);
      for (const key of ['key-1', 'key-2']) {
        const release = () => connector.fulfillments.release(ref, { idempotencyKey: key });
        await succeeds(release, 'fulfillments.release of what others hold too');
        await expectHolds(scene, platform, ref, { ours: 0, others: 1 }, 'after ours was released');
      }
    },
  }),
  law({
    id: 'fulfillments.release/what-nothing-holds-stays-as-it-is',
    operations: ['fulfillments.release'],
    async check({ connector, platform, scenery }) {
      const scene = scenery['fulfillments.release'];
      const ref = await scene.open(platform, 1);
      const release = () => connector.fulfillments.release(ref, { idempotencyKey: 'key-1' });
      await succeeds(release, 'fulfillments.release of what nothing holds');
      await expectHolds(scene, platform, ref, { ours: 0, others: 0 }, 'after what nothing held was released');
    },
  }),
  law({
    id: 'fulfillments.release/lifts-every-hold-that-was-put-on',
    operations: ['fulfillments.release', 'fulfillments.hold'],
    async check(trial) {
      const { connector, platform, scenery } = trial;
      const scene = scenery['fulfillments.release'];
      const ref = await scene.open(platform, 1);
      for (const reason of ['payment', 'address'] as const) {
        const options = { idempotencyKey: `key-${reason}` };
        await succeeds(() => connector.fulfillments.hold(ref, { reason }, options), 'fulfillments.hold');
      }
      const release = () => trial.connect().fulfillments.release(ref, { idempotencyKey: 'key-3' });
      await succeeds(release, 'fulfillments.release of what was held for two reasons');
      await expectHolds(
        scene,
        platform,
        ref,
        { ours: 0, others: 0 },
        'after what was held for two reasons was released',
      );
    },
  }),
] as const;
