import type { Json } from '@crossdock/core';
import { fieldIds, modelId } from './models/automation.ts';
import { groupsNamed, groupsOf } from './models/groups.ts';
import { freeOf, stockOf } from './models/stock/quantities.ts';
import { sweepEmptyQuants } from './models/stock/quant-work.ts';
import { validate } from './models/stock/validate.ts';
import { flush, num, rowOf, rowsWhere, str, withContext, type Env, type Vals } from './orm/env.ts';
import { create, write } from './orm/records.ts';
import type { Row } from './orm/database.ts';
import { putInGroups, userIds } from './seed/seed.ts';
import type { Account, Server } from './server.ts';
import type { FakeProduct, FakeWebhook, OdooState } from './state.ts';
import {
  allRows,
  externalIdOf,
  orderView,
  pickingView,
  productBySku,
  recordView,
  warehouseRow,
} from './state-views.ts';
import type { TroubleBoard } from './troubles.ts';

/** The door for tests and demos, on the same records as the transports. */
export function stateOf(server: Server, troubles: TroubleBoard): OdooState {
  const admin: Account = {
    userId: userIds.admin,
    login: 'admin',
    apiKey: '',
    groups: new Set(groupsOf.admin),
    expired: true,
  };
  const act = <T>(work: (env: Env) => T) => server.transact({ account: admin }, work);
  const one = (model: string, vals: Vals) => act((env) => create(env, model, [vals])[0] ?? 0);

  return {
    addProduct(product) {
      const id = one('product.product', productVals(server, product));
      if (product.onHand !== undefined) act((env) => count(env, id, product.onHand ?? 0, undefined, undefined));
      return id;
    },
    addKit({ components, ...product }) {
      const kit = one('product.product', productVals(server, { ...product, type: 'consumable' }));
      return act((env) => {
        const lines = Object.entries(components).map(([sku, quantity]): Json => [
          0,
          0,
          { product_id: productBySku(env, sku), product_qty: quantity },
        ]);
        const template = num(rowOf(env, 'product.product', kit), 'product_tmpl_id');
        create(env, 'mrp.bom', [{ product_tmpl_id: template, type: 'phantom', bom_line_ids: lines }]);
        return kit;
      });
    },
    addPartner({ company, country, ...partner }) {
      return act((env) => {
        const [place] = country === undefined ? [] : rowsWhere(env, 'res.country', 'code', country);
        const vals = { ...partner, is_company: company === true, ...(place ? { country_id: place.id } : {}) };
        return create(env, 'res.partner', [vals])[0] ?? 0;
      });
    },
    addCarrier({ name, trackingUrl, price = 0 }) {
      return act((env) => {
        const [product = 0] = create(env, 'product.product', [{ name, type: 'service', list_price: price }]);
        const vals = { name, product_id: product, fixed_price: price, tracking_url: trackingUrl ?? false };
        return create(env, 'delivery.carrier', [vals])[0] ?? 0;
      });
    },
    addTax: ({ name, percent, included = false }) =>
      one('account.tax', { name, amount: percent, price_include: included }),
    addPricelist({ name, currency, percent, rate }) {
      return act((env) => {
        const [money] = rowsWhere(env, 'res.currency', 'name', currency);
        if (!money) throw new RangeError(`There is no currency "${currency}" in this fake.`);
        write(env, 'res.currency', [money.id], { active: true, ...(rate === undefined ? {} : { rate }) });
        const item = { compute_price: 'percentage', percent_price: percent };
        const items: Json = percent === undefined ? [] : [[0, 0, item]];
        return create(env, 'product.pricelist', [{ name, currency_id: money.id, item_ids: items }])[0] ?? 0;
      });
    },
    add: (model, vals) => one(model, vals),
    change: (model, id, vals) => act((env) => write(env, model, [id], vals)),
    addLanguage: (code, name) => void one('res.lang', { code, name, active: true }),
    addCompany({ name, warehouse, logins = [] }) {
      return act((env) => {
        const [partner = 0] = create(env, 'res.partner', [{ name, is_company: true }]);
        const vals = { name, partner_id: partner, currency_id: 1, tax_calculation_rounding_method: 'round_globally' };
        const [company = 0] = create(env, 'res.company', [vals]);
        for (const user of env.db.rows('res.users').values()) {
          if (user.id !== userIds.admin && !logins.includes(str(user, 'login'))) continue;
          write(env, 'res.users', [user.id], { company_ids: [[4, company, 0]] });
        }
        if (warehouse) create(env, 'stock.warehouse', [{ ...warehouse, company_id: company }]);
        return company;
      });
    },
    addWarehouse: (warehouse) => one('stock.warehouse', warehouse),
    addUser({ login, apiKey, kind = 'internal', groups }) {
      const names = groups ? groupsNamed(groups) : new Set<string>(groupsOf[kind]);
      const userId = act((env) => {
        const [partner = 0] = create(env, 'res.partner', [{ name: login }]);
        const [user = 0] = create(env, 'res.users', [{ login, partner_id: partner, company_id: 1 }]);
        putInGroups(env, user, names);
        return user;
      });
      server.accounts.push({ userId, login, apiKey, groups: names, expired: false });
      return userId;
    },
    setStock: (sku, quantity, { warehouse, lot } = {}) =>
      act((env) => count(env, productBySku(env, sku), quantity, warehouse, lot)),
    stockOf: (sku, warehouse) =>
      act((env) => {
        const context =
          warehouse === undefined ? {} : { [env.names.warehouseContextKey]: warehouseRow(env, warehouse).id };
        const [inside, product] = [withContext(env, context), productBySku(env, sku)];
        const onHand = stockOf(inside, product, (figures) => figures.onHand);
        const free = stockOf(inside, product, freeOf);
        return { onHand, reserved: onHand - free, free };
      }),
    ship: (order, options) => act((env) => ship(env, order, options ?? {})),
    get saleOrders() {
      return act((env) => allRows(env, 'sale.order').map((row) => orderView(env, row)));
    },
    get pickings() {
      return act((env) => allRows(env, 'stock.picking').map((row) => pickingView(env, row)));
    },
    get partners() {
      return act((env) => allRows(env, 'res.partner').map((row) => recordView(env, 'res.partner', row)));
    },
    records: (model) => act((env) => allRows(env, model).map((row) => recordView(env, model, row))),
    externalIdOf: (model, id) => act((env) => externalIdOf(env, model, id)),
    conflictNext(operation, { times = 1, afterMs = 0 } = {}) {
      for (let time = 0; time < times; time++) troubles.add(operation, { kind: 'conflict', afterMs });
    },
    commitLate: (operation, ms) => troubles.add(operation, { kind: 'late-commit', ms }),
    expireKey(login) {
      for (const account of server.accounts) if (login === undefined || account.login === login) account.expired = true;
    },
    sweepEmptyQuants: () => act((env) => sweepEmptyQuants(env)),
    addWebhook: (webhook) => act((env) => addRule(env, webhook)),
  };
}

/** An automation rule with an action that posts, as an administrator makes them on forms. */
function addRule(env: Env, { name, model, url, fields, state }: FakeWebhook): void {
  const model_id = modelId(env, model);
  const rule = { name, model_id, trigger: 'on_create_or_write' };
  const filter =
    state === undefined
      ? {}
      : { filter_domain: `[('state', '=', '${state}')]`, filter_pre_domain: `[('state', '!=', '${state}')]` };
  const [base_automation_id = 0] = create(env, 'base.automation', [{ ...rule, ...filter }]);
  const action = { name, model_id, state: 'webhook', webhook_url: url, usage: 'base_automation', base_automation_id };
  const webhook_field_ids: Json = [[6, 0, fieldIds(env, model, fields)]];
  create(env, 'ir.actions.server', [{ ...action, webhook_field_ids }]);
}

function productVals(server: Server, product: FakeProduct): Vals {
  const { sku, name = sku, price = 1, barcode, type = 'goods', tracking = 'none', taxes, weight, archived } = product;
  const kind =
    server.version === '17.0'
      ? { detailed_type: type === 'goods' ? 'product' : type === 'consumable' ? 'consu' : 'service' }
      : { type: type === 'service' ? 'service' : 'consu', is_storable: type === 'goods' };
  return {
    name,
    default_code: sku,
    list_price: price,
    tracking,
    ...kind,
    ...(barcode === undefined ? {} : { barcode }),
    ...(taxes === undefined ? {} : { taxes_id: [[6, 0, taxes]] }),
    ...(weight === undefined ? {} : { weight }),
    ...(archived === true ? { active: false } : {}),
  };
}

/** A count in the warehouse, booked at once. */
function count(
  env: Env,
  product: number,
  quantity: number,
  warehouse: string | undefined,
  lotName: string | undefined,
): void {
  const location = num(warehouseRow(env, warehouse), 'lot_stock_id');
  const lot = lotName === undefined ? undefined : lotOf(env, product, lotName);
  const counting = withContext(env, { inventory_mode: true });
  const ids = create(counting, 'stock.quant', [
    {
      product_id: product,
      location_id: location,
      inventory_quantity: quantity,
      ...(lot === undefined ? {} : { lot_id: lot }),
    },
  ]);
  env.registry.get('stock.quant')?.methods?.['action_apply_inventory']?.run(counting, ids, {});
}

function lotOf(env: Env, product: number, name: string): number {
  const found = rowsWhere(env, 'stock.lot', 'name', name).find((row) => num(row, 'product_id') === product);
  return found?.id ?? create(env, 'stock.lot', [{ name, product_id: product }])[0] ?? 0;
}

function ship(
  env: Env,
  order: string,
  { quantities, carrier, trackingRef }: Parameters<OdooState['ship']>[1] & object,
) {
  const picking = openPicking(env, order);
  const service = carrier === undefined ? undefined : rowsWhere(env, 'delivery.carrier', 'name', carrier)[0];
  if (carrier !== undefined && !service) throw new RangeError(`There is no carrier "${carrier}" in this fake.`);
  if (quantities) {
    for (const move of rowsWhere(env, 'stock.move', 'picking_id', picking.id)) {
      const sku = str(rowOf(env, 'product.product', num(move, 'product_id')), 'default_code');
      const quantity = quantities[sku] ?? 0;
      write(env, 'stock.move', [move.id], { quantity, ...(quantity > 0 ? { picked: true } : {}) });
    }
  }
  write(env, 'stock.picking', [picking.id], {
    ...(service ? { carrier_id: service.id } : {}),
    ...(trackingRef === undefined ? {} : { carrier_tracking_ref: trackingRef }),
  });
  flush(env);
  validate(withContext(env, { skip_backorder: true, skip_sms: true, skip_expired: true }), [picking]);
  flush(env);
  return pickingView(env, picking);
}

function openPicking(env: Env, order: string): Row {
  const [row] = rowsWhere(env, 'sale.order', 'name', order);
  const pickings = row ? rowsWhere(env, 'stock.picking', 'sale_id', row.id) : [];
  const open = pickings.find((picking) => !['done', 'cancel'].includes(str(picking, 'state')));
  if (!open) throw new RangeError(`Order "${order}" waits for nothing in this fake.`);
  return open;
}
