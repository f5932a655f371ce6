import { money } from '@crossdock/core';
import * as z from 'zod';
import { marketplaceOf } from './marketplaces.ts';
import type { AmazonAttribute, AmazonIssue } from './records.ts';

/** What one submitted value says of quantity and price, and what is wrong with it. */
export type Checked = {
  readonly issues: readonly AmazonIssue[];
  readonly quantity?: number;
  readonly price?: string;
};

/** Attributes that every product type has here; any other name is refused. */
const known = new Set([
  'brand',
  'bullet_point',
  'condition_note',
  'condition_type',
  'country_of_origin',
  'externally_assigned_product_identifier',
  'fulfillment_availability',
  'item_name',
  'list_price',
  'main_product_image_locator',
  'manufacturer',
  'merchant_shipping_group',
  'merchant_suggested_asin',
  'product_description',
  'purchasable_offer',
]);

const offerSchema = z.looseObject({
  marketplace_id: z.string().optional(),
  currency: z.string(),
  audience: z.string().optional(),
  our_price: z.tuple([z.looseObject({ schedule: z.tuple([z.looseObject({ value_with_tax: z.number() })]) })]),
});

/** An issue of the kind that keeps a submission from being accepted. */
export function errorIssue(code: string, message: string, attribute: string, category?: string): AmazonIssue {
  return {
    code,
    message,
    severity: 'ERROR',
    attributeNames: [attribute],
    categories: category === undefined ? [] : [category],
  };
}

/** Looks at one attribute of a submission. */
export function checkedAttribute(
  name: string,
  value: readonly AmazonAttribute[],
  { marketplaceId, channel }: { readonly marketplaceId: string; readonly channel: string },
): Checked {
  // Unknown names. Recorded in public by users, amzn/selling-partner-api-models and jlevers/selling-partner-api #861.
  if (!known.has(name)) return { issues: [errorIssue('90000900', 'The attributes are invalid.', name)] };
  if (name === 'fulfillment_availability') return availability(value, channel);
  if (name === 'purchasable_offer') return offer(value, marketplaceId);
  return { issues: [] };
}

function availability(value: readonly AmazonAttribute[], channel: string): Checked {
  const name = 'fulfillment_availability';
  const issues: AmazonIssue[] = [];
  let quantity: number | undefined;
  for (const instance of value) {
    const code = instance['fulfillment_channel_code'];
    const wanted = instance['quantity'];
    if (typeof code !== 'string') issues.push(tooFew('fulfillment_channel_code', name));
    else if (wanted === undefined || wanted === null) continue;
    else if (code !== 'DEFAULT') {
      const words = `The value of '${name}.quantity' is not accepted for the fulfillment channel '${code}'.`;
      issues.push(errorIssue('90000900', words, name, 'INVALID_ATTRIBUTE'));
    } else if (typeof wanted !== 'number' || !Number.isInteger(wanted) || wanted < 0) {
      const words = `The value of '${name}.quantity' is not a whole number from 0.`;
      issues.push(errorIssue('90000900', words, name, 'INVALID_ATTRIBUTE'));
    } else if (channel === 'DEFAULT') quantity = wanted;
  }
  return issues.length > 0 || quantity === undefined ? { issues } : { issues, quantity };
}

function offer(value: readonly AmazonAttribute[], marketplaceId: string): Checked {
  const name = 'purchasable_offer';
  const issues: AmazonIssue[] = [];
  let price: string | undefined;
  for (const instance of value) {
    const { currency } = marketplaceOf(marketplaceId);
    const parsed = offerSchema.safeParse(instance);
    if (!parsed.success) {
      issues.push(tooFew(String(parsed.error.issues[0]?.path[0] ?? 'our_price'), name));
      continue;
    }
    const { data } = parsed;
    const amount = data.our_price[0].schedule[0].value_with_tax;
    if ((data.marketplace_id ?? marketplaceId) !== marketplaceId || data.currency !== currency) {
      const words = `The currency of '${name}' is not the one of the marketplace.`;
      issues.push(errorIssue('90000900', words, name, 'INVALID_PRICE'));
    } else if (amount <= 0 || !/^\d+(\.\d{1,2})?$/.test(String(amount))) {
      const words = `The value of '${name}.our_price' is not a price above 0 with at most two decimals.`;
      issues.push(errorIssue('90000900', words, name, 'INVALID_PRICE'));
    } else if ((data.audience ?? 'ALL') === 'ALL') price = money(String(amount), currency).amount;
  }
  return issues.length > 0 || price === undefined ? { issues } : { issues, price };
}

/** What Amazon says of a part that is not there. Example report of its feed schemas of 2026-08-05. */
function tooFew(part: string, attribute: string): AmazonIssue {
  const message = `The field '${part}' for the attribute '${attribute}' does not have enough values. The required minimum is '1' value(s).`;
  return errorIssue('99022', message, attribute, 'MISSING_ATTRIBUTE');
}
