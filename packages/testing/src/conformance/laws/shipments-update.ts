import type { Ref, TrackingChange } from '@crossdock/core';
import { holds, refusal, succeeds } from '../holds.ts';
import { law } from '../law.ts';
import { changingLaws, missingLaws } from './changing.ts';

const change = traveling('TRACK-NEW');

export const shipmentsUpdateLaws = [
  ...changingLaws({
    operation: 'shipments.update',
    async prepare({ scenery, platform }, number) {
      const scene = scenery['shipments.update'];
      const ref = await scene.traveling(platform, number);
      return {
        change: async ({ shipments }, options) => (await shipments.update(ref, change, options)).id,
        answer: ref.id,
        state: async () => words(await scene.trackingNumbers(platform, ref)),
        wanted: words(['TRACK-NEW']),
      };
    },
  }),
  ...missingLaws({
    operation: 'shipments.update',
    subject: 'shipment',
    change: ({ shipments }, ref: Ref<'shipment'>, options) => shipments.update(ref, change, options),
    sceneryOf: (scenery) => scenery['shipments.update'],
  }),
  law({
    id: 'shipments.update/new-numbers-replace-the-old-ones',
    operations: ['shipments.update'],
    async check({ connector, platform, scenery }) {
      const scene = scenery['shipments.update'];
      const ref = await scene.traveling(platform, 1);
      for (const [index, numbers] of [['TRACK-1', 'TRACK-2'], ['TRACK-3'], ['TRACK-1', 'TRACK-3']].entries()) {
        const options = { idempotencyKey: `key-${index}` };
        const what = `shipments.update to ${words(numbers)}`;
        await succeeds(() => connector.shipments.update(ref, traveling(...numbers), options), what);
        const there = words(await scene.trackingNumbers(platform, ref));
        holds(there === words(numbers), `It travels under ${there} after ${what}.`);
      }
    },
  }),
  law({
    id: 'shipments.update/what-was-voided-is-refused',
    operations: ['shipments.update'],
    async check({ connector, platform, scenery }) {
      const scene = scenery['shipments.update'];
      const ref = await scene.voided(platform);
      const before = words(await scene.trackingNumbers(platform, ref));
      const what = 'shipments.update of what was voided';
      const update = () => connector.shipments.update(ref, change, { idempotencyKey: 'key-1' });
      const { code } = await refusal(update, what);
      holds(code === 'record.rejected', `${what} was refused as "${code}".`);
      const there = words(await scene.trackingNumbers(platform, ref));
      holds(there === before, `It travels under ${there} after ${what}, and traveled under ${before}.`);
    },
  }),
] as const;

function traveling(...numbers: readonly string[]): TrackingChange {
  return { parcels: numbers.map((trackingNumber) => ({ carrier: 'DHL', trackingNumber })) };
}

function words(numbers: readonly string[]): string {
  return numbers.length === 0 ? 'no number' : numbers.map((number) => `"${number}"`).join(' and ');
}
