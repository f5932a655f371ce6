import { isCommerceError, type OperationName, type ReadOptions } from '@crossdock/core';
import * as z from 'zod';
import type { OdooClient } from './client.ts';

/** What may be done with the records of a model. */
export type Deed = 'read' | 'write' | 'create' | 'unlink';
/** The deeds that are needed, by model. */
export type Rights = Readonly<Record<string, readonly Deed[]>>;

const orderRead: Rights = {
  'sale.order': ['read'],
  'sale.order.line': ['read'],
  'res.partner': ['read'],
  'product.product': ['read'],
  'account.tax': ['read'],
  'account.move': ['read'],
};
const transferRead: Rights = {
  'stock.picking': ['read'],
  'stock.move': ['read'],
  'stock.move.line': ['read'],
  'stock.picking.type': ['read'],
  'product.product': ['read'],
};
const transferWrite: Rights = {
  ...transferRead,
  'stock.picking': ['read', 'write'],
  'stock.move': ['read', 'write'],
  'stock.move.line': ['read', 'write', 'create', 'unlink'],
  'stock.lot': ['read', 'create'],
};
const billRead: Rights = { 'account.move': ['read'], 'account.move.line': ['read'] };
const billWrite: Rights = {
  'sale.order': ['read'],
  'account.move': ['read', 'write', 'create'],
  'account.move.line': ['read', 'write', 'create'],
};
const productRead: Rights = { 'product.template': ['read'], 'product.product': ['read'], 'product.category': ['read'] };
const purchaseRead: Rights = {
  'purchase.order': ['read'],
  'purchase.order.line': ['read'],
  'res.partner': ['read'],
  'product.product': ['read'],
};
const priceRead: Rights = { ...productRead, 'product.pricelist': ['read'], 'product.pricelist.item': ['read'] };
const stockRead: Rights = {
  'product.product': ['read'],
  'stock.warehouse': ['read'],
  'stock.quant': ['read'],
  'stock.move': ['read'],
  'stock.move.line': ['read'],
};

/** The least that the key's user must be allowed for each operation. Webhooks need what the pulls of their records need. */
export const leastRights: Readonly<Partial<Record<OperationName, Rights>>> = {
  'products.pull': productRead,
  'products.get': productRead,
  'products.push': {
    ...productRead,
    'product.template': ['read', 'write', 'create'],
    'product.product': ['read', 'write', 'create'],
  },
  'categories.pull': { 'product.category': ['read'] },
  'prices.pull': priceRead,
  'prices.get': priceRead,
  'customers.pull': { 'res.partner': ['read'] },
  'customers.get': { 'res.partner': ['read'] },
  'customers.create': { 'res.partner': ['read', 'write', 'create'] },
  'orders.pull': orderRead,
  'orders.get': orderRead,
  'orders.create': {
    ...orderRead,
    'sale.order': ['read', 'write', 'create'],
    'sale.order.line': ['read', 'write', 'create'],
    'res.partner': ['read', 'write', 'create'],
  },
  'orders.confirm': { 'sale.order': ['read', 'write'] },
  'orders.cancel': { 'sale.order': ['read', 'write'], 'account.move': ['read'] },
  'inventory.get': stockRead,
  'inventory.pull': stockRead,
  'fulfillments.pull': { ...transferRead, 'res.partner': ['read'] },
  'fulfillments.get': { ...transferRead, 'res.partner': ['read'] },
  'shipments.pull': transferRead,
  'shipments.confirm': transferWrite,
  'returns.pull': transferRead,
  'returns.get': transferRead,
  'returns.create': {
    ...transferRead,
    'stock.picking': ['read', 'write', 'create'],
    'stock.move': ['read', 'write', 'create'],
  },
  'returns.confirm': transferWrite,
  'invoices.pull': billRead,
  'invoices.get': billRead,
  'invoices.readiness': orderRead,
  'invoices.create': billWrite,
  'invoices.confirm': { 'account.move': ['read', 'write'] },
  'payments.pull': { 'account.payment': ['read'] },
  'payments.create': {
    'account.payment': ['read', 'write', 'create'],
    'account.move': ['read', 'write'],
    'account.move.line': ['read', 'write'],
  },
  'refunds.pull': billRead,
  'refunds.create': billWrite,
  'purchases.pull': purchaseRead,
  'purchases.get': purchaseRead,
  'purchases.create': {
    ...purchaseRead,
    'purchase.order': ['read', 'write', 'create'],
    'purchase.order.line': ['read', 'write', 'create'],
  },
  'purchases.cancel': { 'purchase.order': ['read', 'write'], 'account.move': ['read'] },
  'receipts.pull': transferRead,
  'receipts.confirm': { ...transferWrite, 'purchase.order': ['read'] },
};

/** What no operation needs, and what makes of a stolen key a stolen company. */
const tooMuch: Rights = {
  'res.users': ['write', 'create'],
  'res.groups': ['write'],
  'ir.model.access': ['write'],
  'ir.rule': ['write'],
  'ir.actions.server': ['write', 'create'],
  'base.automation': ['write', 'create'],
  'ir.config_parameter': ['read', 'write'],
  'ir.cron': ['write'],
};

/** One deed with the records of a model. */
export interface Right {
  readonly model: string;
  readonly deed: Deed;
}
/** What a user may not do although it is needed, and what the user may do beyond that. */
export interface RightsReport {
  readonly missing: readonly (Right & { readonly operations: readonly OperationName[] })[];
  readonly excess: readonly Right[];
  /** Models that this Odoo does not have: a module is not installed. */
  readonly absent: readonly string[];
}

/**
 * Compares what the key's user may do with the least that these operations need. Too much is what would change records of
 * operations that are not used, and what no operation needs: the users, the rules, the code and the settings of an Odoo.
 * It is told by model; which records of it Odoo's rules show is another matter.
 */
export async function checkRights(
  client: OdooClient,
  used: readonly OperationName[],
  options?: ReadOptions,
): Promise<RightsReport> {
  const allowed = rightsAsked(client, options);
  const needed = new Map<string, Right & { operations: OperationName[] }>();
  for (const operation of used) {
    for (const right of rightsIn(leastRights[operation] ?? {})) {
      const known = needed.get(keyOf(right)) ?? { ...right, operations: [] };
      known.operations.push(operation);
      needed.set(keyOf(right), known);
    }
  }
  const missing: (Right & { operations: OperationName[] })[] = [];
  for (const right of needed.values()) if ((await allowed.may(right)) === false) missing.push(right);
  const absent = [...allowed.absent];
  const excess: Right[] = [];
  const others = Object.values(leastRights)
    .flatMap((rights) => rightsIn(rights))
    .filter(({ deed }) => deed !== 'read');
  const seen = new Set<string>(needed.keys());
  for (const right of [...others, ...rightsIn(tooMuch)]) {
    if (seen.has(keyOf(right))) continue;
    seen.add(keyOf(right));
    if (await allowed.may(right)) excess.push(right);
  }
  return { missing, excess, absent };
}

function rightsAsked(client: OdooClient, options: ReadOptions | undefined) {
  const absent = new Set<string>();
  return {
    absent,
    /** `undefined` where the model is not there. */
    async may({ model, deed }: Right): Promise<boolean | undefined> {
      if (absent.has(model)) return undefined;
      try {
        const { method, params } = await question(deed);
        return await client.call(model, method, { params, answer: z.boolean(), safety: 'read' }, options);
      } catch (error) {
        if (!isCommerceError(error, 'request.rejected')) throw error;
        absent.add(model);
        return undefined;
      }
    },
  };

  /** `has_access` came with 18, where the older one still answers. Recorded on Odoo 19.0, 2026-11-26; 17 and 18: read in the source. */
  async function question(deed: Deed) {
    return (await client.version(options)) >= 19
      ? { method: 'has_access', params: { operation: deed } }
      : { method: 'check_access_rights', params: { operation: deed, raise_exception: false } };
  }
}

function rightsIn(rights: Rights): readonly Right[] {
  return Object.entries(rights).flatMap(([model, deeds]) => deeds.map((deed) => ({ model, deed })));
}

function keyOf({ model, deed }: Right): string {
  return `${model} ${deed}`;
}
