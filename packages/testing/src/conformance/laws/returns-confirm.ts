import { holds, succeeds } from '../holds.ts';
import { law } from '../law.ts';
import { bookingLaws, type Booking } from './booking.ts';

const receivedAt = '2026-11-20T09:30:00.000Z';
const restocked = { condition: 'sellable', disposition: 'restock' } as const;
const setAside = { condition: 'defective', disposition: 'quarantine' } as const;

const booking: Booking<'returns.confirm'> = {
  operation: 'returns.confirm',
  async prepare({ scenery, platform }, number) {
    const { ready, received } = scenery['returns.confirm'];
    const { ref, lines } = await ready(platform, number);
    return {
      lines,
      book({ returns }, _part, quantityOf, options) {
        const counted = lines
          .map(({ sku, quantity }) => ({ sku, received: quantityOf(quantity), ...restocked }))
          .filter((line) => line.received > 0);
        return returns.confirm({ return: ref, lines: counted, receivedAt }, options);
      },
      booked: async () => received(platform, ref),
    };
  },
};

export const returnsConfirmLaws = [
  ...bookingLaws(booking),
  law({
    id: 'returns.confirm/only-what-is-restocked-is-sold-again',
    operations: ['returns.confirm'],
    async check({ connector, platform, scenery }) {
      const { ready, received, forSale } = scenery['returns.confirm'];
      const { ref, lines } = await ready(platform, 1);
      const line = lines.find(({ quantity }) => quantity >= 2);
      holds(line !== undefined, 'The scenery has to give goods with a line for two or more.');
      const { sku } = line;
      const before = await forSale(platform, sku);
      for (const [number, [kind, soldAgain]] of [[setAside, 0] as const, [restocked, 1] as const].entries()) {
        const receipt = { return: ref, lines: [{ sku, received: 1, ...kind }], receivedAt };
        const what = `returns.confirm of a unit to "${kind.disposition}"`;
        await succeeds(() => connector.returns.confirm(receipt, { idempotencyKey: `key-${number}` }), what);
        const arrived = await received(platform, ref);
        holds(arrived === number + 1, `${arrived} units have arrived there after ${what}, and ${number + 1} did.`);
        const more = (await forSale(platform, sku)) - before;
        holds(more === soldAgain, `${more} units more are for sale after ${what}, and it should be ${soldAgain}.`);
      }
    },
  }),
] as const;
