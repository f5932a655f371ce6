import type { OperationName } from '@crossdock/core';

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
/**
 * Odoo looks for rules of replenishment when it reserves; its note under an order tells of an earlier confirmation. Recorded
 * on Odoo 19.0, 2026-11-26.
 */
const toConfirm: Rights = { 'stock.warehouse.orderpoint': ['read'], 'mail.message': ['read'] };
/** Kits are told by bills of material, which come with the module `mrp`. */
const kitRead: Rights = { 'mrp.bom': ['read'], 'mrp.bom.line': ['read'] };
/** Goods of a kit are those of the order line that sold it. */
const kitMoves: Rights = { 'sale.order.line': ['read'], ...kitRead };
const transferRead: Rights = {
  'stock.picking': ['read'],
  'stock.move': ['read'],
  'stock.move.line': ['read'],
  'stock.picking.type': ['read'],
  'product.product': ['read'],
};
/** What is left of a transfer becomes a backorder, which Odoo makes by the user's own rights. Recorded on Odoo 19.0, 2026-11-26. */
const transferWrite: Rights = {
  ...transferRead,
  'stock.picking': ['read', 'write', 'create'],
  'stock.move': ['read', 'write', 'create'],
  'stock.move.line': ['read', 'write', 'create', 'unlink'],
  'stock.lot': ['read', 'create'],
};
const billRead: Rights = { 'account.move': ['read'], 'account.move.line': ['read'] };
/** With what waits for the bank's statement on it. */
const billStanding: Rights = { ...billRead, 'account.payment': ['read'], 'account.partial.reconcile': ['read'] };
const billWrite: Rights = {
  'sale.order': ['read'],
  'sale.order.line': ['read'],
  'account.move': ['read', 'write', 'create'],
  'account.move.line': ['read', 'write', 'create'],
};
const catalogueRead: Rights = {
  'product.template': ['read'],
  'product.product': ['read'],
  'product.category': ['read'],
};
const productRead: Rights = { ...catalogueRead, ...kitRead };
const purchaseRead: Rights = {
  'purchase.order': ['read'],
  'purchase.order.line': ['read'],
  'res.partner': ['read'],
  'product.product': ['read'],
};
const priceRead: Rights = { ...catalogueRead, 'product.pricelist': ['read'], 'product.pricelist.item': ['read'] };
const stockRead: Rights = {
  'product.product': ['read'],
  'stock.warehouse': ['read'],
  'stock.quant': ['read'],
  'stock.move': ['read'],
  'stock.move.line': ['read'],
  ...kitRead,
};

/** The least that the key's user must be allowed for each operation. Webhooks need what the pulls of their records need. */
export const leastRights: Readonly<Partial<Record<OperationName, Rights>>> = {
  'products.pull': productRead,
  'products.get': productRead,
  'products.push': {
    ...productRead,
    'product.template': ['read', 'write', 'create'],
    'product.product': ['read', 'write', 'create'],
    'product.attribute': ['read', 'create'],
    'product.attribute.value': ['read', 'create'],
    'product.template.attribute.line': ['read', 'write', 'create'],
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
    ...toConfirm,
    'res.partner': ['read', 'write', 'create'],
  },
  'orders.confirm': { 'sale.order': ['read', 'write'], ...toConfirm },
  'orders.cancel': {
    'sale.order': ['read', 'write'],
    'sale.order.line': ['read'],
    'stock.picking': ['read'],
    'account.move': ['read'],
  },
  'inventory.get': stockRead,
  'inventory.pull': stockRead,
  'fulfillments.pull': { ...transferRead, 'res.partner': ['read'] },
  'fulfillments.get': { ...transferRead, 'res.partner': ['read'] },
  'shipments.pull': transferRead,
  'shipments.confirm': { ...transferWrite, 'sale.order': ['read'], ...kitMoves },
  'returns.pull': transferRead,
  'returns.get': transferRead,
  'returns.create': {
    ...transferRead,
    'stock.picking': ['read', 'write', 'create'],
    'stock.move': ['read', 'write', 'create'],
    'stock.return.picking': ['read', 'write', 'create'],
    'stock.return.picking.line': ['read', 'write', 'create'],
    'sale.order': ['read'],
    ...kitMoves,
  },
  'returns.confirm': { ...transferWrite, ...kitMoves },
  'invoices.pull': billStanding,
  'invoices.get': billStanding,
  'invoices.readiness': orderRead,
  'invoices.create': { ...billWrite, 'sale.advance.payment.inv': ['read', 'write', 'create'] },
  'invoices.confirm': { 'account.move': ['read', 'write'] },
  'payments.pull': { 'account.payment': ['read'] },
  'payments.create': {
    'account.payment': ['read', 'write', 'create'],
    'account.move': ['read', 'write'],
    'account.move.line': ['read', 'write'],
    'account.partial.reconcile': ['read'],
  },
  'refunds.pull': { ...billRead, 'sale.order.line': ['read'] },
  'refunds.create': billWrite,
  'purchases.pull': purchaseRead,
  'purchases.get': purchaseRead,
  'purchases.create': {
    ...purchaseRead,
    'purchase.order': ['read', 'write', 'create'],
    'purchase.order.line': ['read', 'write', 'create'],
  },
  'purchases.cancel': {
    'purchase.order': ['read', 'write'],
    'stock.picking': ['read'],
    'account.move': ['read'],
  },
  'receipts.pull': transferRead,
  'receipts.confirm': { ...transferWrite, 'purchase.order': ['read'] },
};

/** What no operation needs: what makes of a stolen key a stolen company, and how warehouses and books are set up. */
export const tooMuch: Rights = {
  'res.users': ['write', 'create'],
  'res.groups': ['write'],
  'ir.model.access': ['write'],
  'ir.rule': ['write'],
  'ir.actions.server': ['write', 'create'],
  'base.automation': ['write', 'create'],
  'ir.config_parameter': ['read', 'write'],
  'ir.cron': ['write'],
  'res.company': ['write'],
  // An administrator of Sales, Inventory or Accounting may, a user may not. Recorded on Odoo 19.0, 2026-11-26.
  'crm.team': ['write'],
  'stock.warehouse': ['write'],
  'stock.location': ['write'],
  'account.account': ['write'],
  'account.journal': ['write'],
  'account.tax': ['write'],
};

/** Models that only some servers have, and that nothing is missed of where they are not there. */
export const optionalModels: readonly string[] = Object.keys(kitRead);

/** Dialogues that Odoo forgets: whoever may fill one in has changed nothing yet, so it is never too much. */
export const dialogues: readonly string[] = [
  'sale.advance.payment.inv',
  'stock.return.picking',
  'stock.return.picking.line',
];

/** A group whose members alone may do something that no right to a model gives. */
export interface LeastGroup {
  /** Its external id. */
  readonly group: string;
  /** As Odoo's list of users shows it, in English. */
  readonly name: string;
  readonly operations: readonly OperationName[];
  /** Only for members of this one: whoever is in neither is not hindered. */
  readonly within?: string;
}

/** The groups that are needed besides. Recorded on Odoo 19.0, 2026-11-26, with users of the rights above and no groups. */
export const leastGroups: readonly LeastGroup[] = [
  // Some fields of a new order are for this group alone, and `load` fills them: "not enough rights to access the field".
  {
    group: 'sales_team.group_sale_salesman_all_leads',
    name: 'Sales / User: All Documents',
    operations: ['orders.create'],
  },
  // Without a word a salesperson with "Own Documents Only" sees no orders and bills of others: a pull misses them.
  {
    group: 'sales_team.group_sale_salesman_all_leads',
    name: 'Sales / User: All Documents',
    within: 'sales_team.group_sale_salesman',
    operations: [
      'orders.pull',
      'orders.get',
      'orders.confirm',
      'orders.cancel',
      'shipments.confirm',
      'returns.create',
      'invoices.pull',
      'invoices.get',
      'invoices.readiness',
      'invoices.create',
      'invoices.confirm',
      'payments.create',
      'refunds.pull',
      'refunds.create',
    ],
  },
  // "You don't have the access rights to post an invoice", whatever may be written.
  {
    group: 'account.group_account_invoice',
    name: 'Accounting / Invoicing',
    operations: ['invoices.confirm', 'payments.create', 'refunds.create'],
  },
];
