import { confirmingLaws } from './confirming.ts';

export const ordersConfirmLaws = confirmingLaws({
  operation: 'orders.confirm',
  async prepare({ scenery, platform }, number) {
    const { waiting, reserved } = scenery['orders.confirm'];
    const { order, units } = await waiting(platform, number);
    return {
      ref: order,
      confirm: ({ orders }, options) => orders.confirm(order, options),
      state: async () => `${await reserved(platform, order)} units reserved`,
      isConfirmed: (state) => state === `${units} units reserved`,
    };
  },
});
