import type { Access } from '../orm/model.ts';

const sales = 'Sales/User: Own Documents Only';
const allLeads = 'Sales/User: All Documents';
const salesAdmin = 'Sales/Administrator';
const stock = 'Inventory/User';
const stockAdmin = 'Inventory/Administrator';
const purchase = 'Purchase/User';
const purchaseAdmin = 'Purchase/Administrator';
const invoicing = 'Accounting/Invoicing';
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
    'Show Full Accounting Features',
    'Contact/Creation',
    'Products/Create',
    'Role / Administrator',
  ],
} as const;

/** Groups that have a record, by external id, for what is allowed to groups. */
export const groupRecords: Readonly<Record<string, string>> = {
  'base.group_user': 'Role / User',
  'sales_team.group_sale_salesman': sales,
  'sales_team.group_sale_salesman_all_leads': allLeads,
  'sales_team.group_sale_manager': salesAdmin,
  'stock.group_stock_user': stock,
  'stock.group_stock_manager': stockAdmin,
  'account.group_account_invoice': invoicing,
};

const orderReaders = [
  invoicing,
  stock,
  salesAdmin,
  sales,
  'Role / Portal',
  'Show Accounting Features - Readonly',
  'Show Full Accounting Features',
];

const only = (...groups: readonly string[]): Access => ({
  read: groups,
  write: groups,
  create: groups,
  unlink: groups,
});

export const access = {
  contacts: {
    create: ['Contact/Creation', stockAdmin, purchaseAdmin, salesAdmin],
    write: ['Contact/Creation', stockAdmin, purchaseAdmin, salesAdmin],
    unlink: ['Contact/Creation', purchaseAdmin],
  },
  products: {
    create: ['Products/Create'],
    write: ['Products/Create'],
    unlink: ['Products/Create'],
  },
  orders: {
    read: orderReaders,
    write: [stock, salesAdmin, sales],
    create: [salesAdmin, sales],
    unlink: [salesAdmin, sales],
  },
  stock: only(stockAdmin, stock),
  stockRead: { read: [stockAdmin, stock, salesAdmin, sales, purchase], ...adminOnly(stockAdmin) },
  purchase: only(purchaseAdmin, purchase),
  /** Who sells, buys or moves goods sees what kits consist of; manufacturing says it. Recorded on Odoo 19.0, 2026-11-26. */
  boms: { read: [manufacturingAdmin, manufacturing, stock, sales, purchase], ...adminOnly(manufacturingAdmin) },
  accounting: only(invoicing, 'Show Full Accounting Features'),
  /** Salespeople see the bills of their orders. */
  invoices: {
    ...only(invoicing, purchase),
    read: [invoicing, purchase, purchaseAdmin, sales, salesAdmin, 'Show Accounting Features - Readonly'],
  },
  payments: { ...only(invoicing), read: [invoicing, 'Show Accounting Features - Readonly'] },
  accounts: adminOnly(settings, 'Show Full Accounting Features'),
  taxes: { ...adminOnly(settings, 'Show Full Accounting Features') },
  salesAdmin: adminOnly(salesAdmin),
  settings: adminOnly(settings),
  modelData: only(settings),
  /** Rules and code of the server: administrators alone, not even who gives rights. */
  system: only('Role / Administrator'),
} as const satisfies Readonly<Record<string, Access>>;

/** Everybody reads, these write. */
function adminOnly(...groups: readonly string[]): Access {
  return { write: groups, create: groups, unlink: groups };
}
