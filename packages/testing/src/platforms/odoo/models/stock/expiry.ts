import type { Row } from '../../orm/database.ts';
import { flag, link, num, rowOf, store, type Env, type Vals } from '../../orm/env.ts';
import { boolean, datetime, type Field } from '../../orm/field.ts';
import { templateOf } from '../product-kind.ts';

// Goods with a date on them. Recorded on Odoo 19.0 with `product_expiry`, 2026-11-26.

const dayMicros = 86_400_000_000;

/** The dates of a lot. Those besides the expiration follow from it once, and stay when it is changed. */
export const lotDateFields: Readonly<Record<string, Field>> = {
  use_expiration_date: boolean('Use Expiration Date', { related: ['product_id', 'use_expiration_date'] }),
  expiration_date: datetime('Expiration Date'),
  use_date: datetime('Best before Date'),
  removal_date: datetime('Removal Date'),
  alert_date: datetime('Alert Date'),
  product_expiry_alert: boolean('Product Expiry Alert', {
    readonly: true,
    compute: (env, id) => isPast(env, rowOf(env, 'stock.lot', id), 'expiration_date'),
  }),
};

/** Gives a lot the dates that its product asks for and that nobody gave it. */
export function dateLot(env: Env, lot: Row): void {
  const template = templateOf(env, num(lot, 'product_id'));
  if (!flag(template, 'use_expiration_date')) return;
  const now = env.startedAt - (env.startedAt % 1_000_000);
  const expires = link(lot, 'expiration_date') ?? now + num(template, 'expiration_time') * dayMicros;
  const dated = ['use_date', 'removal_date', 'alert_date'].some((field) => lot[field] !== undefined);
  const before = (field: string) => expires - num(template, field) * dayMicros;
  const others: Vals = dated
    ? {}
    : { use_date: before('use_time'), removal_date: before('removal_time'), alert_date: before('alert_time') };
  store(env, 'stock.lot', lot, { expiration_date: expires, ...others });
}

/** Goods that should be off the shelf: neither free nor reserved any more. */
export function isToRemove(env: Env, lot: number | undefined): boolean {
  const row = lot === undefined ? undefined : env.db.row('stock.lot', lot);
  return row !== undefined && isPast(env, row, 'removal_date');
}

/** Goods that are asked about before they move: expired, or to be removed. */
export function isDoubtful(env: Env, lot: Row): boolean {
  return isPast(env, lot, 'expiration_date') || isPast(env, lot, 'removal_date');
}

function isPast(env: Env, lot: Row, field: string): boolean {
  return lot[field] !== undefined && num(lot, field) <= env.startedAt;
}
