import { euros } from '../drafts.ts';
import type { TriedWrite } from './trial.ts';

/** What is sold, and for how much. */
export const catalogueTrials: readonly TriedWrite[] = [
  {
    operation: 'products.push',
    prepare({ state }, number) {
      const sku = (value: string) => `SHIRT-${number}-${value}`;
      const draft = {
        title: 'Shirt',
        description: 'Soft',
        status: 'active',
        categories: [],
        variants: ['Red', 'Blue'].map((value) => ({
          sku: sku(value),
          options: [{ name: 'Colour', value }],
          stocked: true,
          tracking: 'none' as const,
          price: { sku: sku(value), amount: euros('20.00') },
        })),
      } as const;
      return {
        async write({ products }, options) {
          const [outcome] = await products.push([draft], options);
          if (outcome?.ok === false) throw outcome.error;
          return 'ok';
        },
        effect() {
          const made = state.products.filter(({ sku: one, name }) => name === 'Shirt' || one.startsWith('SHIRT-'));
          return made
            .map(({ type, sku: one, regularPrice }) => (type === 'variable' ? type : `${one} at ${regularPrice}`))
            .toSorted()
            .join();
        },
        wanted: `${sku('Blue')} at 20.00,${sku('Red')} at 20.00,variable`,
      };
    },
  },
  {
    operation: 'prices.push',
    prepare({ state }) {
      const prices = [
        { sku: 'TEE', amount: euros('9.00'), compareAt: euros('12.00') },
        { sku: 'MUG', amount: euros('7.00') },
      ];
      return {
        async write({ prices: port }, options) {
          for (const outcome of await port.push(prices, options)) if (!outcome.ok) throw outcome.error;
          return 'ok';
        },
        effect: () =>
          ['TEE', 'MUG'].map((sku) => `${state.product(sku)?.regularPrice}/${state.product(sku)?.salePrice}`).join(),
        wanted: '12.00/9.00,7.00/',
      };
    },
  },
];
