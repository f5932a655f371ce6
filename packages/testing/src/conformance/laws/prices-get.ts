import type { Price } from '@crossdock/core';
import { holds, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';
import { shortest } from './decimals.ts';

type PriceTrial = Trial<'prices.get'>;

/** Breaks the law unless the SKU is sold at exactly these prices. */
async function expectPrices({ connector }: PriceTrial, sku: string, wanted: readonly Price[]): Promise<void> {
  const prices = await succeeds(() => connector.prices.get([sku]), 'prices.get');
  const strange = prices.filter((price) => price.sku !== sku).map((price) => `"${price.sku}"`);
  holds(strange.length === 0, `prices.get gave ${strange.join(', ')} without being asked.`);
  const [there, expected] = [prices, wanted].map((some) => some.map(words).toSorted().join(', '));
  holds(there === expected, `prices.get says of "${sku}": ${there || 'nothing'}. It is sold at: ${expected}.`);
}

/** A price as what tells it from another one of its SKU. Where a list is not named, the platform may name it. */
function words({ amount, minimumQuantity = 1 }: Price): string {
  return `${shortest(amount.amount)} ${amount.currency} from ${Math.max(1, minimumQuantity)}`;
}

export const pricesGetLaws = [
  law({
    id: 'prices.get/an-unknown-sku-has-none',
    operations: ['prices.get'],
    async check(trial) {
      const { priced, unknownSku } = trial.scenery['prices.get'];
      const { sku } = await priced(trial.platform, 1);
      const unknown = await unknownSku(trial.platform);
      const prices = await succeeds(() => trial.connector.prices.get([unknown, sku]), 'prices.get');
      const found = (wanted: string) => prices.filter((price) => price.sku === wanted).length;
      holds(found(sku) > 0, `prices.get has no price of "${sku}", which is sold.`);
      holds(found(unknown) === 0, `prices.get has a price of "${unknown}", which nobody knows.`);
    },
  }),
  law({
    id: 'prices.get/gives-what-is-asked-and-nothing-else',
    operations: ['prices.get'],
    async check(trial) {
      const { priced } = trial.scenery['prices.get'];
      const one = await priced(trial.platform, 1);
      const other = await priced(trial.platform, 2);
      await expectPrices(trial, one.sku, [one]);
      await expectPrices(trial, other.sku, [other]);
    },
  }),
  law({
    id: 'prices.get/gives-every-price-of-a-sku',
    operations: ['prices.get'],
    applies: (_traits, scenery) => scenery['prices.get']?.another !== undefined,
    async check(trial) {
      const { priced, another } = trial.scenery['prices.get'];
      const one = await priced(trial.platform, 1);
      const other = await another?.(trial.platform, one);
      holds(other !== undefined, 'The scenery added no other price.');
      await expectPrices(trial, one.sku, [one, other]);
    },
  }),
  law({
    id: 'prices.get/leaves-out-what-is-not-asked-now',
    operations: ['prices.get'],
    applies: (_traits, scenery) => scenery['prices.get']?.notNow !== undefined,
    async check(trial) {
      const { priced, notNow } = trial.scenery['prices.get'];
      const one = await priced(trial.platform, 1);
      await notNow?.(trial.platform, one);
      await expectPrices(trial, one.sku, [one]);
    },
  }),
] as const;
