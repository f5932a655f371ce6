import { orderConfirmed } from '../models/mail.ts';
import { installedModules } from '../models/modules.ts';
import { bindExternalId } from '../orm/external-id.ts';
import { rowOf, store, str, type Env, type Vals } from '../orm/env.ts';
import { create } from '../orm/records.ts';
import { accountIds } from '../models/account/items.ts';
import { groupRecords, groupsOf } from '../models/groups.ts';
import { seedUnits } from '../models/uom.ts';
import { countryCodes, currencies, states, unitedStates } from './geography.ts';

/** The users that a fresh database has besides the technical ones. */
export const userIds = { admin: 2, connector: 5, internal: 6 } as const;

const journals = [
  [1, 'Sales', 'INV', 'sale', 5],
  [2, 'Purchases', 'BILL', 'purchase', 6],
  [3, 'Miscellaneous Operations', 'MISC', 'general', 9],
  [4, 'Exchange Difference', 'EXCH', 'general', 10],
  [5, 'Cash Basis Taxes', 'CABA', 'general', 10],
  [6, 'Bank', 'BNK1', 'bank', 7],
  [7, 'Inventory Valuation', 'STJ', 'general', 10],
] as const;

const accounts = [
  [accountIds.receivable, 'Account Receivable', '121000', 'asset_receivable'],
  [accountIds.payable, 'Account Payable', '211000', 'liability_payable'],
  [accountIds.taxPaid, 'Tax Paid', '131000', 'asset_current'],
  [accountIds.taxReceived, 'Tax Received', '251000', 'liability_current'],
  [accountIds.sales, 'Product Sales', '400000', 'income'],
  [accountIds.expenses, 'Expenses', '600000', 'expense'],
  [accountIds.bank, 'Bank', '101401', 'asset_cash'],
  [accountIds.outstandingReceipts, 'Outstanding Receipts', '101403', 'asset_current'],
  [accountIds.outstandingPayments, 'Outstanding Payments', '101404', 'asset_current'],
] as const;

/** Fills a fresh database: one company in the United States with one warehouse, as recorded on Odoo 19.0, 2026-11-23. */
export function seed(env: Env, login: string): void {
  geography(env);
  insert(env, 'res.lang', { name: 'English (US)', code: 'en_US', active: true });
  at(env, 'res.partner', 1);
  create(env, 'res.partner', [{ name: 'My Company', is_company: true, country_id: unitedStates }]);
  insert(env, 'res.company', {
    name: 'My Company',
    partner_id: 1,
    currency_id: 1,
    country_id: unitedStates,
    tax_calculation_rounding_method: 'round_globally',
    chart_template: 'generic_coa',
  });
  users(env, login);
  seedUnits(env, (model, values) => insert(env, model, values));
  insert(env, 'product.category', {
    name: env.major === 19 ? 'Goods' : 'All',
    complete_name: env.major === 19 ? 'Goods' : 'All',
  });
  taxes(env);
  insert(env, 'account.fiscal.position', { name: 'Domestic' });
  for (const [id, name, code, type, sequence] of journals) {
    at(env, 'account.journal', id);
    insert(env, 'account.journal', { name, code, type, sequence, company_id: 1, active: true });
  }
  for (const [id, name, code, type] of accounts) {
    at(env, 'account.account', id);
    const reconcile = type === 'asset_receivable' || type === 'liability_payable';
    insert(env, 'account.account', { name, code, account_type: type, reconcile, active: true });
  }
  for (const kind of ['inbound', 'outbound'] as const) {
    insert(env, 'account.payment.method.line', {
      name: 'Manual Payment',
      code: 'manual',
      payment_type: kind,
      journal_id: 6,
    });
  }
  insert(env, 'product.pricelist', { name: 'Default', currency_id: 1, active: true, sequence: 16 });
  insert(env, 'crm.team', { name: 'Sales', active: true });
  env.db.sequences.set('crm.team', 4);
  warehouse(env);
  const [shipping = 0] = create(env, 'product.product', [
    { name: 'Standard delivery', default_code: 'Delivery_007', type: 'service', list_price: 0 },
  ]);
  create(env, 'delivery.carrier', [{ name: 'Standard delivery', product_id: shipping }]);
  for (const [externalId, name] of Object.entries(groupRecords)) {
    bindExternalId(env, externalId, 'res.groups', insert(env, 'res.groups', { name }));
  }
  const confirmed = insert(env, 'mail.message.subtype', { name: 'Sales Order Confirmed', res_model: 'sale.order' });
  bindExternalId(env, orderConfirmed, 'mail.message.subtype', confirmed);
  for (const name of installedModules) insert(env, 'ir.module.module', { name, state: 'installed' });
  for (const kind of ['admin', 'connector', 'internal'] as const) {
    putInGroups(env, userIds[kind], new Set(groupsOf[kind]));
  }
}

/** Writes down which of the groups that have a record a user is in. */
export function putInGroups(env: Env, user: number, names: ReadonlySet<string>): void {
  const groups = [...env.db.rows('res.groups').values()].filter((row) => names.has(str(row, 'name')));
  env.db.set(
    'res.users',
    rowOf(env, 'res.users', user),
    env.names.userGroups,
    groups.map(({ id }) => id),
  );
}

/** Makes the next record of a model take that id. */
function at(env: Env, model: string, id: number): void {
  env.db.sequences.set(model, id);
}

function insert(env: Env, model: string, values: Vals): number {
  const stamps = { create_date: env.startedAt, create_uid: 1, write_date: env.startedAt, write_uid: 1 };
  return env.db.insert(model, { ...values, ...stamps }).id;
}

function geography(env: Env): void {
  for (const [id, name, symbol] of currencies) {
    at(env, 'res.currency', id);
    insert(env, 'res.currency', { name, symbol, rounding: 0.01, decimal_places: 2, rate: 1, active: name === 'USD' });
    bindExternalId(env, `base.${name}`, 'res.currency', id);
  }
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  const ids = new Map<string, number>();
  let free = 1;
  for (const code of countryCodes) {
    if (free === unitedStates) free++;
    const id = code === 'US' ? unitedStates : free++;
    at(env, 'res.country', id);
    insert(env, 'res.country', { name: names.of(code) ?? code, code });
    bindExternalId(env, `base.${code === 'GB' ? 'uk' : code.toLowerCase()}`, 'res.country', id);
    ids.set(code, id);
  }
  for (const [country, code, name] of states) {
    const id = insert(env, 'res.country.state', { name, code, country_id: ids.get(country) ?? 0 });
    bindExternalId(env, `base.state_${country.toLowerCase()}_${code.toLowerCase()}`, 'res.country.state', id);
  }
}

function users(env: Env, login: string): void {
  const people = [
    [userIds.admin, 'Administrator', 'admin'],
    [userIds.connector, 'Channel Connector', login],
    [userIds.internal, 'Bare Internal', 'internal'],
  ] as const;
  for (const [id, name, userLogin] of people) {
    const [partner = 0] = create(env, 'res.partner', [{ name, email: `${userLogin}@company.example` }]);
    at(env, 'res.users', id);
    insert(env, 'res.users', { login: userLogin, partner_id: partner, company_id: 1, company_ids: [1], active: true });
  }
}

function taxes(env: Env): void {
  for (const [name, amount, use] of [
    ['15%', 15, 'sale'],
    ['15%', 15, 'purchase'],
    ['0% Exports', 0, 'sale'],
    ['0% Imports', 0, 'purchase'],
  ] as const) {
    create(env, 'account.tax', [{ name, amount, type_tax_use: use }]);
  }
  store(env, 'res.company', rowOf(env, 'res.company', 1), { account_sale_tax_id: 1 });
}

function warehouse(env: Env): void {
  create(env, 'stock.location', [
    { name: 'Vendors', usage: 'supplier', company_id: false },
    { name: 'Customers', usage: 'customer', company_id: false },
    { name: 'Inter-company transit', usage: 'transit', active: false },
  ]);
  create(env, 'stock.warehouse', [{ name: 'My Company', code: 'WH', partner_id: 1 }]);
  create(env, 'stock.location', [
    { name: 'Production', usage: 'production' },
    { name: 'Inventory adjustment', usage: 'inventory' },
    { name: 'Scrap', usage: 'production' },
  ]);
}
