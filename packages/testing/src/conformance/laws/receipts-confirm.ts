import { holds, succeeds } from '../holds.ts';
import { law } from '../law.ts';
import { bookingLaws, openLaws, type Booking } from './booking.ts';

const receivedAt = '2026-11-20T09:30:00.000Z';

const booking: Booking<'receipts.confirm'> = {
  operation: 'receipts.confirm',
  async prepare({ scenery, platform }, number) {
    const { ready, received } = scenery['receipts.confirm'];
    const { ref: purchase, lines } = await ready(platform, number);
    return {
      lines,
      book({ receipts }, part, quantityOf, options) {
        const counted = lines
          .map(({ sku, quantity }) => ({ sku, expected: quantity, received: quantityOf(quantity), damaged: 0 }))
          .filter((line) => line.received > 0);
        return receipts.confirm({ number: `arrival-${part}`, purchase, lines: counted, receivedAt }, options);
      },
      booked: async () => received(platform, purchase),
    };
  },
};

export const receiptsConfirmLaws = [
  ...bookingLaws(booking),
  ...openLaws(booking),
  law({
    id: 'receipts.confirm/damaged-goods-have-arrived-too',
    operations: ['receipts.confirm'],
    async check({ connector, platform, scenery }) {
      const { ready, received } = scenery['receipts.confirm'];
      const { ref: purchase, lines } = await ready(platform, 1);
      const counted = lines.map(({ sku, quantity }) => ({ sku, received: quantity, damaged: 1 }));
      const receipt = { number: 'arrival-a', purchase, lines: counted, receivedAt };
      await succeeds(
        () => connector.receipts.confirm(receipt, { idempotencyKey: 'key-1' }),
        'receipts.confirm of goods of which some are damaged',
      );
      const there = await received(platform, purchase);
      const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
      holds(there === units, `${there} units are booked there; ${units} arrived, with the damaged ones.`);
    },
  }),
] as const;
