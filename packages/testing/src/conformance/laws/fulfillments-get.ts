import { holds, succeeds } from '../holds.ts';
import { law } from '../law.ts';

export const fulfillmentsGetLaws = [
  law({
    id: 'fulfillments.get/an-unknown-fulfillment-is-undefined',
    operations: ['fulfillments.get'],
    async check({ connector, platform, scenery }) {
      const ref = await scenery['fulfillments.get'].unknown(platform);
      const found = await succeeds(() => connector.fulfillments.get(ref), 'fulfillments.get of what is not there');
      holds(found === undefined, `fulfillments.get found something under "${ref.id}", where nothing is.`);
    },
  }),
] as const;
