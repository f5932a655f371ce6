import * as z from 'zod';
import { many2one, optionalDatetime, optionalMany2one, optionalText, recordId, rowOf, utcDatetime } from './value.ts';

// Price lists and their rules: recorded on Odoo 19.0, 2026-11-26.

const rule = z.object({
  id: recordId,
  pricelist_id: many2one,
  currency_id: many2one,
  applied_on: z.string(),
  product_tmpl_id: optionalMany2one,
  product_id: optionalMany2one,
  categ_id: optionalMany2one,
  compute_price: z.string(),
  base: z.string(),
  fixed_price: z.number(),
  percent_price: z.number(),
  price_discount: z.number(),
  price_round: z.number(),
  price_surcharge: z.number(),
  price_min_margin: z.number(),
  price_max_margin: z.number(),
  min_quantity: z.number().nonnegative(),
  date_start: optionalDatetime,
  date_end: optionalDatetime,
  write_date: utcDatetime,
});
export type RuleWire = z.output<typeof rule>;
export const ruleRow = rowOf(rule);

const priced = z.object({
  id: recordId,
  product_tmpl_id: many2one,
  default_code: optionalText,
  lst_price: z.number(),
  currency_id: many2one,
  categ_id: optionalMany2one,
  write_date: utcDatetime,
});
export type PricedWire = z.output<typeof priced>;
/** What of a variant a price is reckoned with. */
export const pricedRow = rowOf(priced);

export const categoryPlaceRow = rowOf(z.object({ id: recordId, parent_path: z.string() }));
/** Rules show their list with its currency behind the name, so the name is asked for. Recorded on Odoo 19.0, 2026-11-26. */
export const priceListRow = rowOf(z.object({ id: recordId, name: z.string(), write_date: utcDatetime }));
export type PriceListWire = z.output<(typeof priceListRow)['schema']>;
