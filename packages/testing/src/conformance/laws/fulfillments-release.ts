import type { Ref } from '@crossdock/core';
import { succeeds } from '../holds.ts';
import { law } from '../law.ts';
import { changingLaws, missingLaws } from './changing.ts';
import { expectHolds, holdWords } from './holding.ts';

const paid = { reason: 'payment' } as const;

export const fulfillmentsReleaseLaws = [
  ...changingLaws({
    operation: 'fulfillments.release',
    async prepare({ scenery, platform }, number) {
      const scene = scenery['fulfillments.release'];
      const ref = await scene.open(platform, number);
      await scene.holdByUs(platform, ref, 'payment');
      return {
        change: async ({ fulfillments }, options) => (await fulfillments.release(ref, paid, options)).id,
        answer: ref.id,
        state: async () => holdWords(await scene.holds(platform, ref)),
        wanted: holdWords({ ours: 0, others: 0 }),
      };
    },
  }),
  ...missingLaws({
    operation: 'fulfillments.release',
    subject: 'fulfillment',
    change: ({ fulfillments }, ref: Ref<'fulfillment'>, options) => fulfillments.release(ref, paid, options),
    sceneryOf: (scenery) => scenery['fulfillments.release'],
  }),
  law({
    id: 'fulfillments.release/holds-of-others-stay',
    operations: ['fulfillments.release'],
    async check({ connector, platform, scenery }) {
      const scene = scenery['fulfillments.release'];
      const ref = await scene.open(platform, 1);
      await scene.holdByStranger(platform, ref);
      await scene.holdByUs(platform, ref, 'payment');
      for (const key of ['key-1', 'key-2']) {
        const release = () => connector.fulfillments.release(ref, paid, { idempotencyKey: key });
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
      const release = () => connector.fulfillments.release(ref, paid, { idempotencyKey: 'key-1' });
      await succeeds(release, 'fulfillments.release of what nothing holds');
      await expectHolds(scene, platform, ref, { ours: 0, others: 0 }, 'after what nothing held was released');
    },
  }),
  law({
    id: 'fulfillments.release/lifts-every-hold-of-its-reason-and-no-other',
    operations: ['fulfillments.release', 'fulfillments.hold'],
    async check(trial) {
      const { connector, platform, scenery } = trial;
      const scene = scenery['fulfillments.release'];
      const ref = await scene.open(platform, 1);
      for (const [reason, idempotencyKey] of [
        ['payment', 'key-1'],
        ['fraud', 'key-2'],
        ['payment', 'key-3'],
      ] as const) {
        const hold = () => connector.fulfillments.hold(ref, { reason }, { idempotencyKey });
        await succeeds(hold, `fulfillments.hold because of "${reason}"`);
      }
      await expectHolds(scene, platform, ref, { ours: 3, others: 0 }, 'after three keys held it');
      for (const [reason, idempotencyKey, ours] of [
        ['payment', 'key-4', 1],
        ['address', 'key-5', 1],
        ['fraud', 'key-6', 0],
      ] as const) {
        const release = () => trial.connect().fulfillments.release(ref, { reason }, { idempotencyKey });
        await succeeds(release, `fulfillments.release of what was held because of "${reason}"`);
        await expectHolds(scene, platform, ref, { ours, others: 0 }, `after "${reason}" was released`);
      }
    },
  }),
  law({
    id: 'fulfillments.release/repeated-lifts-no-hold-that-came-later',
    operations: ['fulfillments.release', 'fulfillments.hold'],
    async check(trial) {
      const { connector, platform, scenery } = trial;
      const scene = scenery['fulfillments.release'];
      const ref = await scene.open(platform, 1);
      const options = { idempotencyKey: 'key-1' };
      await scene.holdByUs(platform, ref, 'payment');
      await succeeds(() => connector.fulfillments.release(ref, paid, options), 'fulfillments.release');
      const later = () => connector.fulfillments.hold(ref, paid, { idempotencyKey: 'key-2' });
      await succeeds(later, 'fulfillments.hold of what was released');
      for (const each of [connector, trial.connect()]) {
        await succeeds(() => each.fulfillments.release(ref, paid, options), 'fulfillments.release, repeated,');
        await expectHolds(scene, platform, ref, { ours: 1, others: 0 }, 'after an older release was repeated');
      }
    },
  }),
] as const;
