import type { Access } from '../orm/model.ts';

const sales = 'Sales/User: Own Documents Only';
const allLeads = 'Sales/User: All Documents';
const salesAdmin = 'Sales/Administrator';
const stock = 'Inventory/User';
const stockAdmin = 'Inventory/Administrator';
const purchase = 'Purchase/User';
const purchaseAdmin = 'Purchase/Administrator';
const invoicing = 'Accounting/Invoicing';
const accountant = 'Accounting/Administrator';
const settings = 'Access Rights';
const manufacturing = 'Manufacturing/User';
const manufacturingAdmin = 'Manufacturing/Administrator';

/** What each kind of user belongs to. Names and lists as the refusals of Odoo 19.0 spell them, recorded 2026-11-23. */
export const groupsOf = {
  /** Sales, stock, purchase and accounting, products and contacts: what an integration is given. */
  connector: [
    'Role / User',
    sales,
    allLeads,
    salesAdmin,
    stock,
    stockAdmin,
    purchase,
    purchaseAdmin,
    invoicing,
    accountant,
    'Show Full Accounting Features',
    'Contact/Creation',
    'Products/Create',
  ],
  /** May log in and read the address book and the catalogue. */
  internal: ['Role / User'],
  admin: [
    'Role / User',
    sales,
    allLeads,
    salesAdmin,
    stock,
    stockAdmin,
    purchase,
    purchaseAdmin,
    invoicing,
    settings,
    manufacturing,
    manufacturingAdmin,
    accountant,
    'Show Full Accounting Features',
    'Contact/Creation',
    'Products/Create',
    'Role / Administrator',
  ],
} as const;

/** Groups that have a record, by external id, for what is allowed to groups. Recorded on Odoo 19.0, 2026-11-26. */
export const groupRecords: Readonly<Record<string, string>> = {
  'base.group_user': 'Role / User',
  'sales_team.group_sale_salesman': sales,
  'sales_team.group_sale_salesman_all_leads': allLeads,
  'sales_team.group_sale_manager': salesAdmin,
  'stock.group_stock_user': stock,
  'stock.group_stock_manager': stockAdmin,
  'account.group_account_invoice': invoicing,
  'account.group_account_manager': accountant,
  'account.group_account_user': 'Show Full Accounting Features',
  'purchase.group_purchase_user': purchase,
  'purchase.group_purchase_manager': purchaseAdmin,
  'base.group_partner_manager': 'Contact/Creation',
  'product.group_product_manager': 'Products/Create',
  'base.group_erp_manager': settings,
  'base.group_system': 'Role / Administrator',
};

/** What comes with a group. Recorded on Odoo 19.0, 2026-11-26. */
const implied: Readonly<Record<string, readonly string[]>> = {
  [sales]: ['Role / User'],
  [allLeads]: [sales],
  [salesAdmin]: [allLeads],
  [stock]: ['Role / User'],
  [stockAdmin]: [stock],
  [invoicing]: ['Role / User'],
  [accountant]: [invoicing],
  'Show Full Accounting Features': [invoicing, 'Show Accounting Features - Readonly'],
  'Show Accounting Features - Readonly': ['Role / User'],
  [purchase]: ['Role / User'],
  [purchaseAdmin]: [purchase],
  [settings]: ['Role / User'],
  'Role / Administrator': [settings, 'Contact/Creation', 'Products/Create'],
};

/** Groups with all that comes with them. */
function withImplied(names: readonly string[]): ReadonlySet<string> {
  const all = new Set(names);
  // A set goes on with what is added to it meanwhile.
  for (const name of all) for (const other of implied[name] ?? []) all.add(other);
  return all;
}

/** The groups of external ids, with all that comes with them. */
export function groupsNamed(externalIds: readonly string[]): ReadonlySet<string> {
  return withImplied(
    externalIds.map((id) => {
      const name = groupRecords[id];
      if (name === undefined) throw new RangeError(`There is no group "${id}" in this fake.`);
      return name;
    }),
  );
}

const only = (...groups: readonly string[]): Access => ({
  read: groups,
  write: groups,
  create: groups,
  unlink: groups,
});

/** Rights to what Odoo 19.0 of the recordings did not have: models of older releases and of modules. */
export const access = {
  products: adminOnly('Products/Create'),
  orders: only(salesAdmin, sales),
  stock: only(stockAdmin, stock),
  /** Who sells, buys, bills or moves goods sees what kits consist of; manufacturing says it. Recorded on Odoo 19.0, 2026-11-26. */
  boms: {
    read: [invoicing, stock, manufacturingAdmin, manufacturing, purchase, sales, 'Show Accounting Features - Readonly'],
    ...adminOnly(manufacturingAdmin),
  },
  /** Recorded on Odoo 19.0, 2026-11-26. */
  replenishment: { read: [stockAdmin, stock, purchaseAdmin, purchase, sales], ...adminOnly(stockAdmin) },
} as const satisfies Readonly<Record<string, Access>>;

/** Everybody reads, these write. */
function adminOnly(...groups: readonly string[]): Access {
  return { write: groups, create: groups, unlink: groups };
}
