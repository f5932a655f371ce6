import type { ReadOptions } from '@crossdock/core';
import type { WooClient } from './client.ts';
import type { WooCommerceSettings } from './options.ts';
import { currencySettingSchema } from './wire/product.ts';

/** The shop's currency: the one the team named, else the shop's own setting, asked for once. */
export function shopCurrency(client: WooClient, { currency }: Pick<WooCommerceSettings, 'currency'>) {
  let known = currency;
  return async function current(operation: string, options: ReadOptions): Promise<string> {
    if (known !== undefined) return known;
    const { data } = await client.get('wc/v3/settings/general/woocommerce_currency', {
      operation,
      // Its list of all currencies is eight kilobytes.
      search: { _fields: 'id,value' },
      answer: currencySettingSchema,
      options,
    });
    known = data.value;
    return data.value;
  };
}
