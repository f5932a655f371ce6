import { CommerceError } from '@crossdock/core';
import { defineFlow } from '@crossdock/core/flows';

/** A stock correction that was typed into the till is no sale. Stock belongs to Odoo, and a person has to count first. */
export const holdCorrection = defineFlow({
  name: 'hold-correction',
  version: 1,
  on: 'till.correction',
  from: 'till',
  lane: 'bulk',
  needs: {},
  key: ({ data }) => `correction/${data.number}`,
  async run({ event: { data }, raise }) {
    const [line] = data.lines;
    const amount = line?.quantity ?? 0;
    const what = amount < 0 ? `takes ${-amount} away from` : `adds ${amount} to`;
    return raise(
      new CommerceError({
        code: 'stock.unconfirmed',
        message: `Document "${data.number}" was not booked: without customer and price it ${what} the stock of "${line?.code ?? ''}". Count the article, correct it in Odoo, then resolve this.`,
        details: { code: line?.code ?? null, quantity: amount, remark: line?.description ?? '' },
      }),
    );
  },
});
