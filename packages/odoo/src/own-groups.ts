import type { OperationName } from '@crossdock/core';
import { leastRights, type Rights } from './least-rights.ts';

/** One of Odoo's own groups, and what comes with it. */
export interface OwnGroup {
  /** Its external id. */
  readonly group: string;
  /** As Odoo's list of users shows it, in English. */
  readonly name: string;
  /** What it is there for; of no operation where it is for people alone. */
  readonly operations: readonly OperationName[];
  /** What its members may change: more than those operations need, and not to be had without it. */
  readonly brings: Rights;
  /** Whose members are members of these too. */
  readonly includes: readonly string[];
}

/** What every internal user may change. Recorded on Odoo 19.0, 2026-11-26, with a user in "Role / User" alone. */
export const broughtToAll: Rights = { 'stock.move.line': ['read', 'write', 'create', 'unlink'] };

const inventoryUser = 'stock.group_stock_user';

/** The groups that an integration's user is given, of which each knows its operations. Recorded likewise, with a user in each. */
export const ownGroups: readonly OwnGroup[] = [
  {
    group: 'sales_team.group_sale_salesman_all_leads',
    name: 'Sales / User: All Documents',
    operations: [
      'orders.pull',
      'orders.get',
      'orders.create',
      'orders.confirm',
      'orders.cancel',
      'invoices.readiness',
      'invoices.create',
    ],
    brings: {
      'sale.order': ['write', 'create'],
      'sale.order.line': ['write', 'create', 'unlink'],
      'stock.picking': ['write', 'create'],
      'stock.move': ['write', 'create'],
    },
    includes: ['sales_team.group_sale_salesman'],
  },
  {
    group: inventoryUser,
    name: 'Inventory / User',
    operations: [
      'inventory.get',
      'inventory.pull',
      'fulfillments.pull',
      'fulfillments.get',
      'shipments.pull',
      'shipments.confirm',
      'returns.pull',
      'returns.get',
      'returns.create',
      'returns.confirm',
      'receipts.pull',
      'receipts.confirm',
    ],
    brings: {
      'sale.order': ['write'],
      'sale.order.line': ['write'],
      'stock.picking': ['write', 'create', 'unlink'],
      'stock.move': ['write', 'create'],
      'stock.quant': ['write', 'create'],
      'stock.lot': ['write', 'create', 'unlink'],
    },
    includes: [],
  },
  {
    group: 'base.group_partner_manager',
    name: 'Contact / Creation',
    operations: ['customers.create', 'orders.create'],
    brings: { 'res.partner': ['write', 'create', 'unlink'] },
    includes: [],
  },
  {
    group: 'product.group_product_manager',
    name: 'Products / Create',
    operations: ['products.push'],
    brings: Object.fromEntries(
      [
        'product.template',
        'product.product',
        'product.category',
        'product.attribute',
        'product.attribute.value',
        'product.template.attribute.line',
        'product.pricelist',
        'product.pricelist.item',
      ].map((model) => [model, ['write', 'create', 'unlink'] as const]),
    ),
    includes: [],
  },
  {
    group: 'account.group_account_invoice',
    name: 'Accounting / Invoicing',
    operations: [
      'invoices.pull',
      'invoices.get',
      'invoices.create',
      'invoices.confirm',
      'payments.pull',
      'payments.create',
      'refunds.pull',
      'refunds.create',
    ],
    brings: {
      'sale.order': ['write'],
      'sale.order.line': ['write'],
      'account.move': ['write', 'create', 'unlink'],
      'account.move.line': ['write', 'create', 'unlink'],
      'account.payment': ['write', 'create', 'unlink'],
      'stock.picking': ['write', 'create'],
      'stock.move': ['write', 'create'],
      'purchase.order': ['write'],
      'purchase.order.line': ['write'],
    },
    includes: [],
  },
  {
    group: 'purchase.group_purchase_user',
    name: 'Purchase / User',
    operations: [
      'purchases.pull',
      'purchases.get',
      'purchases.create',
      'purchases.cancel',
      'receipts.pull',
      'receipts.confirm',
    ],
    brings: {
      'account.move': ['write', 'create', 'unlink'],
      'account.move.line': ['write', 'create'],
      'stock.picking': ['write', 'create', 'unlink'],
      'stock.move': ['write', 'create'],
      'purchase.order': ['write', 'create', 'unlink'],
      'purchase.order.line': ['write', 'create', 'unlink'],
    },
    includes: [],
  },
  ofPeople('sales_team.group_sale_salesman', 'Sales / User: Own Documents Only'),
  ofPeople('sales_team.group_sale_manager', 'Sales / Administrator', 'sales_team.group_sale_salesman_all_leads'),
  ofPeople('stock.group_stock_manager', 'Inventory / Administrator', 'stock.group_stock_user'),
  ofPeople('account.group_account_manager', 'Accounting / Administrator', 'account.group_account_invoice'),
  ofPeople('purchase.group_purchase_manager', 'Purchase / Administrator', 'purchase.group_purchase_user'),
  ofPeople('base.group_erp_manager', 'Access Rights'),
  ofPeople(
    'base.group_system',
    'Role / Administrator',
    'base.group_erp_manager',
    'base.group_partner_manager',
    'product.group_product_manager',
  ),
];

/** Members of these read bills of material. Recorded on Odoo 19.0 with `mrp`, 2026-11-26. */
const readersOfBills: ReadonlySet<string> = new Set([
  inventoryUser,
  'sales_team.group_sale_salesman_all_leads',
  'account.group_account_invoice',
  'purchase.group_purchase_user',
]);

/** The groups that operations are in need of; where this Odoo has kits, one that may read what they consist of is among them. */
export function groupsFor(used: readonly OperationName[], hasKits: boolean): readonly OwnGroup[] {
  const needed = ownGroups.filter(({ operations }) => operations.some((operation) => used.includes(operation)));
  const areKitsRead = hasKits && used.some((operation) => leastRights[operation]?.['mrp.bom'] !== undefined);
  if (!areKitsRead || needed.some(({ group }) => readersOfBills.has(group))) return needed;
  return [...needed, ...ownGroups.filter(({ group }) => group === inventoryUser)];
}

/** A group that no operation is in need of. */
function ofPeople(group: string, name: string, ...includes: readonly string[]): OwnGroup {
  return { group, name, operations: [], brings: {}, includes };
}
