import {
  addMoney,
  equalMoney,
  subtractMoney,
  type CommerceError,
  type ItemRefusals,
  type Money,
  type ProductDraft,
  type Variant,
} from '@crossdock/core';
import { priceOf } from './amounts.ts';
import type { Context } from './client.ts';
import { combinationOf, skuOf } from './product-draft.ts';
import type { Market } from './product-market.ts';
import { meant, optionsOf, type ProductState } from './product-state.ts';
import type { VariantWire } from './wire/product.ts';

type VariantDraft = ProductDraft['variants'][number];

/** What has to be written so that a product is as its draft says. */
export interface ProductPlan {
  readonly template: Context;
  readonly variants: readonly { readonly id: number; readonly values: Context }[];
  /** Variants that are not there. */
  readonly missing: readonly VariantDraft[];
}

/** The record of a draft's variant: by its SKU, else the one without a SKU that has its options. */
function variantOf(draft: VariantDraft, { variants, values }: ProductState): VariantWire | undefined {
  const named = meant(variants.filter(({ default_code }) => default_code === draft.sku));
  if (named !== undefined && named !== 'several') return named;
  const wanted = combinationOf(draft.options);
  return variants.find(
    (variant) => variant.default_code === null && combinationOf(optionsOf(variant, values)) === wanted,
  );
}

/** Compares a product with its draft. Throws the refusal where Odoo cannot be made to hold what the draft says. */
export function planOf(draft: ProductDraft, state: ProductState, market: Market, refusals: ItemRefusals): ProductPlan {
  const refuse: Refuse = (code, seen, next) => refusals.of(code, skuOf(draft), seen, next);
  const pairs = draft.variants.map((wanted) => ({ wanted, variant: variantOf(wanted, state) }));
  const variants = pairs.flatMap(({ wanted, variant }) => {
    if (!variant) return [];
    demandSame(wanted, variant, state, refuse);
    const values = variantValues(draft, wanted, variant, market);
    return Object.keys(values).length === 0 ? [] : [{ id: variant.id, values }];
  });
  const [first] = draft.variants;
  const price = listPrice(draft, state, market, refuse);
  return {
    template: {
      ...templateValues(draft, state.template, market),
      ...(first === undefined ? {} : kindValues(first, state.template, market.release)),
      ...(price === undefined ? {} : { list_price: Number(price.amount) }),
    },
    variants,
    missing: pairs.flatMap(({ wanted, variant }) => (variant ? [] : [wanted])),
  };
}

type Refuse = (code: 'record.invalid' | 'record.rejected', seen: string, next: string) => CommerceError;

function templateValues(
  draft: ProductDraft,
  template: ProductState['template'],
  { categories, units, purchaseUnit }: Market,
): Context {
  const [path] = draft.categories;
  const category = path === undefined ? undefined : categories.get(path)?.[0];
  const unitName = draft.variants[0]?.unit;
  const unit = unitName === undefined || unitName === template.uom_id.name ? undefined : units.get(unitName)?.[0];
  const { description, status } = draft;
  return {
    ...(draft.title === template.name ? {} : { name: draft.title }),
    ...(description === undefined || description === (template.description_sale ?? '')
      ? {}
      : { description_sale: description }),
    ...(category === undefined || category === template.categ_id?.id ? {} : { categ_id: category }),
    ...(unit === undefined ? {} : { uom_id: unit, ...(purchaseUnit ? { uom_po_id: unit } : {}) }),
    ...((status !== 'archived') === template.active ? {} : { active: status !== 'archived' }),
    ...(status === 'archived' || (status === 'active') === template.sale_ok ? {} : { sale_ok: status === 'active' }),
  };
}

/** Goods that are not stocked stay what they are in Odoo, goods or a service. */
function kindValues({ stocked, tracking }: VariantDraft, template: ProductState['template'], release: number): Context {
  const kind =
    stocked === template.is_storable
      ? {}
      : release >= 18
        ? { ...(stocked ? { type: 'consu' } : {}), is_storable: stocked }
        : { detailed_type: stocked ? 'product' : 'consu' };
  return { ...kind, ...(!stocked || tracking === template.tracking ? {} : { tracking }) };
}

function variantValues(draft: ProductDraft, wanted: VariantDraft, variant: VariantWire, market: Market): Context {
  const weight = weightOf(wanted, market);
  return {
    ...(variant.default_code === wanted.sku ? {} : { default_code: wanted.sku }),
    ...(wanted.barcode === undefined || wanted.barcode === variant.barcode ? {} : { barcode: wanted.barcode }),
    ...(weight === undefined || weight === variant.weight ? {} : { weight }),
    // An archived product takes its variants along.
    ...(draft.status === 'archived' || variant.active ? {} : { active: true }),
  };
}

/** A weight in Odoo's unit at the digits that it keeps, so that what it rounded is not written again. */
export function weightOf({ weightGrams }: VariantDraft, { gramsEach, weightDigits }: Market): number | undefined {
  if (weightGrams === undefined || gramsEach === undefined) return undefined;
  return Number((weightGrams / gramsEach).toFixed(weightDigits ?? 6));
}

/** What Odoo cannot change on a variant that is there. */
function demandSame(wanted: VariantDraft, variant: VariantWire, state: ProductState, refuse: Refuse): void {
  const { values, kits } = state;
  if (combinationOf(wanted.options) !== combinationOf(optionsOf(variant, values))) {
    throw refuse(
      'record.rejected',
      `the attributes of "${wanted.sku}" differ there, and Odoo makes another variant of other attributes`,
      'Correct the options or the product in Odoo, then replay.',
    );
  }
  if (wanted.components === undefined) return;
  if (sameKit(wanted.components, kits.componentsOf(variant, values) ?? [])) return;
  throw refuse(
    'record.rejected',
    `"${wanted.sku}" is another kit there, and kits are kept in Odoo's bills of material`,
    'Change its bill of material in Odoo, then replay.',
  );
}

function sameKit(one: NonNullable<Variant['components']>, other: NonNullable<Variant['components']>): boolean {
  const text = (kit: typeof one) =>
    JSON.stringify(kit.map(({ sku, quantity }) => JSON.stringify([sku, quantity])).toSorted());
  return text(one) === text(other);
}

/**
 * The price of the template, from which Odoo derives that of every variant; `undefined` where all are as they should be.
 * A price that would change a sibling which the draft does not price so is refused. Recorded on Odoo 19.0, 2026-11-23.
 */
function listPrice(draft: ProductDraft, state: ProductState, market: Market, refuse: Refuse): Money | undefined {
  const currency = state.template.currency_id.name;
  const prices = new Map<string, Money>();
  for (const { sku, price } of draft.variants) {
    if (price === undefined) continue;
    const fault = amountFault(price.amount, currency, market, refuse);
    if (fault) throw fault;
    prices.set(sku, price.amount);
  }
  const list = priceOf(state.template.list_price, currency);
  const differs = draft.variants.some((wanted) => {
    const variant = variantOf(wanted, state);
    const amount = prices.get(wanted.sku);
    return variant && amount && !equalMoney(amount, priceOf(variant.lst_price, currency));
  });
  if (!differs) return undefined;
  const sold = state.variants.filter(({ active, default_code }) => active && default_code !== null);
  const named = draft.variants.flatMap((wanted) => variantOf(wanted, state) ?? []);
  const targets = [...new Map([...sold, ...named].map((variant) => [variant.id, variant])).values()].map((variant) => {
    const wanted = draft.variants.find((one) => variantOf(one, state)?.id === variant.id);
    const amount = wanted && prices.get(wanted.sku);
    return amount && addMoney(list, subtractMoney(amount, priceOf(variant.lst_price, currency)));
  });
  const [target] = targets;
  if (target && targets.every((other) => other && equalMoney(other, target))) return target;
  throw refuse(
    'record.invalid',
    'its price would change the one of another variant, because Odoo keeps one price for all variants of a product',
    'Price all of its variants alike, or keep the difference as an attribute price or a price list in Odoo.',
  );
}

/** Why Odoo cannot hold this amount as a product's price. */
export function amountFault(
  amount: Money,
  currency: string,
  { priceDigits }: Market,
  refuse: Refuse,
): CommerceError | undefined {
  if (amount.currency !== currency) {
    return refuse(
      'record.invalid',
      `it is priced in "${amount.currency}", and products there in "${currency}"`,
      'Keep prices in other currencies on a price list.',
    );
  }
  const [, digits = ''] = amount.amount.split('.');
  if (priceDigits === undefined || digits.replace(/0+$/, '').length <= priceDigits) return undefined;
  return refuse(
    'record.invalid',
    `its price has more than ${priceDigits} digits, and Odoo keeps no more`,
    'Round the price, or give Odoo more digits under "Decimal Accuracy".',
  );
}
