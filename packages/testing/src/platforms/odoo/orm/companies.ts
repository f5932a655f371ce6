import type { Json } from '@crossdock/core';
import type { Row } from './database.ts';
import { link, list, rowOf, str, type Env } from './env.ts';
import { displayName, get } from './get.ts';
import type { Model } from './model.ts';
import { accessError, userError } from './python-error.ts';

// Who sees records of which company. Recorded on Odoo 19.0, 2026-11-26.

/** The company that a record belongs to; `undefined` is all of them. */
function companyOf(env: Env, model: Model, row: Row): number | undefined {
  if (model.name === 'res.company') return row.id;
  if (model.name === 'res.users' || !model.fields['company_id']) return undefined;
  const company = get(env, model, row, 'company_id');
  return typeof company === 'number' ? company : undefined;
}

/** Whether the companies of the call include that of a record, and an order is not somebody else's. */
export function isVisible(env: Env, model: Model, row: Row): boolean {
  if (isOfAnother(env, model, row)) return false;
  // Most fakes have one company, and nothing to hide.
  if (env.db.rows('res.company').size < 2) return true;
  const company = companyOf(env, model, row);
  return company === undefined || env.companies.includes(company);
}

/** Who sells with own documents only sees the orders that are theirs or nobody's. Recorded on Odoo 19.0, 2026-11-26. */
function isOfAnother(env: Env, model: Model, row: Row): boolean {
  const { groups } = env.user;
  if (groups.has('Sales/User: All Documents') || !groups.has('Sales/User: Own Documents Only')) return false;
  const order = model.name === 'sale.order.line' ? env.db.row('sale.order', link(row, 'order_id') ?? 0) : row;
  if (!order || (model.name !== 'sale.order' && model.name !== 'sale.order.line')) return false;
  const salesperson = link(order, 'user_id');
  return salesperson !== undefined && salesperson !== env.user.id;
}

/** Refuses records of a company that the call may not see; whatever was asked, the refusal speaks of reading. */
export function refuseForeign(
  env: Env,
  model: Model,
  ids: readonly Json[],
  operation: 'read' | 'create' = 'read',
): void {
  // Whoever makes a company acts for it from then on. Recorded on Odoo 19.0, 2026-11-23.
  if (operation === 'create' && model.name === 'res.company') return;
  for (const id of ids) {
    const row = typeof id === 'number' ? env.db.row(model.name, id) : undefined;
    if (row && !isVisible(env, model, row)) throw topSecret(env, model, row, operation);
  }
}

function topSecret(env: Env, model: Model, row: Row, operation: string) {
  const paragraphs = [
    'Uh-oh! Looks like you have stumbled upon some top-secret records.',
    `Sorry, ${env.user.name} (id=${env.user.id}) doesn't have '${operation}' access to:\n- ${model.label} (${model.name})`,
    'If you really, really need access, perhaps you can win over your friendly administrator with a batch of freshly baked cookies.',
    ...advice(env, model, companyOf(env, model, row)),
  ];
  return accessError(paragraphs.join('\n\n'));
}

function advice(env: Env, model: Model, company: number | undefined): string[] {
  // Of products it does not say that the company is what is in the way.
  if (company === undefined || model.name === 'product.product' || model.name === 'product.template') return [];
  const user = rowOf(env, 'res.users', env.user.id);
  if (link(user, 'company_id') !== company && !list(user, 'company_ids').includes(company)) {
    return [
      'This seems to be a multi-company issue, but you do not have access to the proper company to access the record anyhow.',
    ];
  }
  return [
    `This seems to be a multi-company issue, you might be able to access the record by switching to the company: ${displayName(env, 'res.company', company)}.`,
  ];
}

/** What has to be of the same company as the record that points at it. */
const bound: Readonly<Record<string, readonly string[]>> = {
  'sale.order': ['partner_id', 'partner_invoice_id', 'partner_shipping_id', 'warehouse_id', 'pricelist_id'],
  'sale.order.line': ['product_id'],
  'stock.picking': ['location_id', 'location_dest_id', 'picking_type_id', 'partner_id'],
  'stock.move': ['product_id'],
};

/** Refuses a record that would mix two companies. */
export function refuseCrossover(env: Env, model: Model, rows: readonly Row[]): void {
  const fields = bound[model.name];
  if (!fields || env.db.rows('res.company').size < 2) return;
  const lines = rows.flatMap((row) => {
    const own = companyOf(env, model, row);
    return own === undefined ? [] : fields.flatMap((name) => crossing(env, model, row, name, own));
  });
  if (lines.length === 0) return;
  const [first, last] = [
    'Uh-oh! You’ve got some company inconsistencies here:',
    'To avoid a mess, no company crossover is allowed!',
  ];
  throw userError([first, ...lines, last].join('\n'));
}

function crossing(env: Env, model: Model, row: Row, name: string, own: number): string[] {
  const field = model.fields[name];
  const target = link(row, name);
  const other = env.registry.get(field?.relation ?? '');
  const pointed = other && target !== undefined ? env.db.row(other.name, target) : undefined;
  if (!field || !other || !pointed) return [];
  const company = companyOf(env, other, pointed);
  if (company === undefined || company === own) return [];
  const mine = displayName(env, model.name, row.id);
  const ownName = str(rowOf(env, 'res.company', own), 'name');
  return [
    `- “${mine}” belongs to company “${ownName}” while “${field.label}” (${name}: '${displayName(env, other.name, pointed.id)}') belongs to another company.`,
  ];
}
