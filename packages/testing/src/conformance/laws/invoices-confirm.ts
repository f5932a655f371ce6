import { confirmingLaws } from './confirming.ts';

const unnumbered = 'no number';

export const invoicesConfirmLaws = confirmingLaws({
  operation: 'invoices.confirm',
  async prepare({ scenery, platform }, number) {
    const scene = scenery['invoices.confirm'];
    const ref = await scene.waiting(platform, number);
    return {
      ref,
      confirm: ({ invoices }, options) => invoices.confirm(ref, options),
      async state() {
        const given = await scene.number(platform, ref);
        return given === undefined ? unnumbered : `number "${given}"`;
      },
      isConfirmed: (state) => state !== unnumbered,
    };
  },
});
