import { type CommerceError, type PurchaseDraft, type Ref, type WriteOptions } from '@crossdock/core';
import { quantityText } from './amounts.ts';
import { attempt, refusalOf, toldOf } from './attempt.ts';
import type { Domain } from './client.ts';
import { idOf, refTo, refused, type Connection } from './connection.ts';
import type { LoadTable } from './external-id.ts';
import { firstLook } from './first-look.ts';
import { keyText, kinshipOf, markOf, markText, type Mark } from './mark.ts';
import { demandSold, productsBySku } from './product-keys.ts';
import { demandAsOrdered, demandKept } from './purchase-demand.ts';
import { warehouseId } from './warehouses.ts';
import { currencyRow } from './wire/account.ts';
import { pickingTypeRow, purchaseRow, purchaseUnitField, type PurchaseWire } from './wire/purchase.ts';
import { fromMoment } from './wire/value.ts';
import { asParagraph } from './note-html.ts';

const operation = 'purchases.create';

/**
 * Makes the purchase and confirms it, so that Odoo expects its goods. The external id of its number lets one be, whoever
 * asks at the same moment under whichever key. Confirming again changes nothing: recorded on Odoo 19.0, 2026-11-26.
 */
export async function createPurchase(
  connection: Connection,
  draft: PurchaseDraft,
  options: WriteOptions,
): Promise<Ref<'purchase'>> {
  const { externalIds } = connection;
  const mark = await markOf(options.idempotencyKey, draft);
  const externalId = externalIds.of('purchase', draft.number);
  const found = await externalIds.resolve(externalId, 'purchase.order', options);
  const id = found ?? (await makePurchase(connection, draft, externalId, mark, options));
  const about = {
    what: `Purchase "${draft.number}" was not created`,
    operation,
    seen: 'a purchase of its number',
    advice: 'Let the user see it, then replay.',
    refs: [draft.supplier],
  };
  const purchase = await firstLook(connection, about, () => readPurchase(connection, draft, id, options));
  demandOwn(connection, draft, purchase, mark);
  const ref = refTo(connection, 'purchase', id);
  // Canceled since: the key did its work, and what a person decided afterwards stands.
  if (isConfirmed(purchase) || purchase.state === 'cancel') return ref;
  await demandAsOrdered(connection, draft, purchase, options);
  const step = { model: 'purchase.order', method: 'button_confirm', ids: [id] };
  const refusal = await attempt(connection, step, options);
  const now = await readPurchase(connection, draft, id, options);
  if (!isConfirmed(now)) throw notConfirmed(connection, draft, now, refusal);
  return ref;
}

/** A locked one says `done` on 17 and 18. */
export function isConfirmed({ state }: PurchaseWire): boolean {
  return state === 'purchase' || state === 'done';
}

async function makePurchase(
  connection: Connection,
  draft: PurchaseDraft,
  externalId: string,
  mark: Mark,
  options: WriteOptions,
): Promise<number> {
  await demandFreshKey(connection, draft, mark, options);
  const table = await purchaseTable(connection, draft, externalId, mark, options);
  const about = {
    what: `Purchase "${draft.number}" was not created`,
    operation,
    advice: 'See which field it names, then replay.',
    refs: [draft.supplier],
  };
  return toldOf(connection, about, () => connection.externalIds.make(externalId, 'purchase.order', table, options));
}

async function purchaseTable(
  connection: Connection,
  draft: PurchaseDraft,
  externalId: string,
  mark: Mark,
  options: WriteOptions,
): Promise<LoadTable> {
  const { client } = connection;
  const skus = draft.lines.map(({ sku }) => sku);
  const [products, currency, arrival, fields] = await Promise.all([
    productsBySku(connection, skus, operation, options),
    currencyId(connection, draft, options),
    arrivalType(connection, draft, options),
    client.fieldsGet('purchase.order', options),
  ]);
  await demandSold(connection, skus, products, `Purchase "${draft.number}" was not created`, options, operation);
  await demandKept(connection, draft, products, options);
  const unitField = purchaseUnitField(await client.version(options));
  const expected = draft.expectedAt === undefined ? undefined : fromMoment(draft.expectedAt);
  const head: readonly (readonly [string, string])[] = [
    ['id', externalId],
    ['partner_id/.id', String(idOf(connection, draft.supplier))],
    ['origin', `${draft.number}, ${markText(mark)}`],
    ['currency_id/.id', String(currency)],
    ...(arrival === undefined ? [] : [['picking_type_id/.id', String(arrival)] as const]),
    ...(expected === undefined ? [] : [['date_planned', expected] as const]),
    // `notes` on 17 and 18: fields_get, 2026-11-23.
    ...(draft.note ? [[Object.hasOwn(fields, 'note') ? 'note' : 'notes', asParagraph(draft.note)] as const] : []),
  ];
  const dated = draft.lines.some(({ expectedAt }) => expectedAt !== undefined) || expected !== undefined;
  // Left open, the unit would be the one in which the vendor sells. Recorded on Odoo 19.0, 2026-11-26.
  const columns = [
    'id',
    'product_id/.id',
    `${unitField}/.id`,
    'product_qty',
    'price_unit',
    ...(dated ? ['date_planned'] : []),
  ];
  const rows = draft.lines.map((line, index) => [
    ...head.map(([, cell]) => (index === 0 ? cell : '')),
    `${externalId}_l${index + 1}`,
    String(products.get(line.sku)?.id ?? ''),
    String(products.get(line.sku)?.uom_id.id ?? ''),
    quantityText(line.quantity),
    line.unitPrice.amount,
    ...(dated
      ? [line.expectedAt === undefined ? (expected ?? fromMoment(connection.now())) : fromMoment(line.expectedAt)]
      : []),
  ]);
  return { fields: [...head.map(([field]) => field), ...columns.map((column) => `order_line/${column}`)], rows };
}

/** Odoo orders in an archived currency without a word: recorded on Odoo 19.0, 2026-11-26. So it is looked at before. */
async function currencyId(
  { client, settings }: Connection,
  draft: PurchaseDraft,
  options: WriteOptions,
): Promise<number> {
  const names = [...new Set(draft.lines.map(({ unitPrice }) => unitPrice.currency))];
  const [name = ''] = names;
  if (names.length > 1) {
    throw refused(settings, 'money.invalid', operation, {
      message: `Purchase "${draft.number}" was not created in "${settings.name}": its lines are in ${names.join(' and ')}. Pass a purchase for each currency.`,
      refs: [draft.supplier],
    });
  }
  const query = { domain: [['name', '=', name] as const], order: 'id', limit: 1 };
  const [currency] = await client.searchRead('res.currency', currencyRow, query, {
    ...options,
    context: { active_test: false },
  });
  if (currency?.active) return currency.id;
  throw refused(settings, 'record.rejected', operation, {
    message: `Purchase "${draft.number}" was not created in "${settings.name}": the currency "${name}" is ${currency ? 'archived' : 'not known'} there. Activate it in Odoo, then replay.`,
    refs: [draft.supplier],
  });
}

/** The operation by which goods come into the wanted warehouse. */
async function arrivalType(
  connection: Connection,
  draft: PurchaseDraft,
  options: WriteOptions,
): Promise<number | undefined> {
  const warehouse = draft.location ? idOf(connection, draft.location) : await warehouseId(connection, options);
  if (warehouse === undefined) return undefined;
  const domain: Domain = [
    ['warehouse_id', '=', warehouse],
    ['code', '=', 'incoming'],
  ];
  const [type] = await connection.client.searchRead(
    'stock.picking.type',
    pickingTypeRow,
    { domain, order: 'id', limit: 1 },
    options,
  );
  if (type) return type.id;
  throw refused(connection.settings, 'record.rejected', operation, {
    message: `Purchase "${draft.number}" was not created in "${connection.settings.name}": warehouse "${warehouse}" receives nothing there, or does not exist. Pass the reference of one that does.`,
    refs: [draft.supplier],
  });
}

async function readPurchase(connection: Connection, draft: PurchaseDraft, id: number, options: WriteOptions) {
  const [purchase] = await connection.client.read('purchase.order', [id], purchaseRow, options);
  if (purchase) return purchase;
  throw refused(connection.settings, 'record.missing', operation, {
    message: `Purchase "${draft.number}" was not confirmed in "${connection.settings.name}": its record "${id}" is there no more. See who deleted it, then replay.`,
    refs: [draft.supplier],
  });
}

function demandOwn(connection: Connection, draft: PurchaseDraft, purchase: PurchaseWire, mark: Mark): void {
  const kinship = kinshipOf(purchase.origin, mark);
  if (kinship === 'own' || kinship === 'twin') return;
  const edited = kinship === 'edited';
  throw refused(connection.settings, edited ? 'key.reused' : 'record.duplicate', operation, {
    message: `Purchase "${draft.number}" was not created in "${connection.settings.name}": ${edited ? 'its key' : 'another key'} made "${purchase.name}" there, of another content. Use a number and a key of its own for each purchase; "${purchase.name}" stays as it is.`,
    refs: [draft.supplier, refTo(connection, 'purchase', purchase.id)],
  });
}

/** The same key with another number has another external id: only the mark tells. */
async function demandFreshKey(connection: Connection, draft: PurchaseDraft, mark: Mark, options: WriteOptions) {
  const domain = [['origin', 'like', keyText(mark.key)] as const, ['state', '!=', 'cancel'] as const];
  const [other] = await connection.client.searchRead(
    'purchase.order',
    purchaseRow,
    { domain, order: 'id', limit: 1 },
    options,
  );
  if (other && kinshipOf(other.origin, mark) === 'edited') demandOwn(connection, draft, other, mark);
}

function notConfirmed(
  connection: Connection,
  draft: PurchaseDraft,
  now: PurchaseWire,
  refusal: CommerceError | undefined,
) {
  const what = `Purchase "${draft.number}" was not confirmed`;
  const refs = [draft.supplier, refTo(connection, 'purchase', now.id)];
  if (refusal) return refusalOf(connection, refusal, { what, operation, advice: 'It stays a draft there.', refs });
  const why =
    now.state === 'to approve'
      ? `"${now.name}" waits there for the approval of a manager. Approve it in Odoo`
      : `"${now.name}" is in the state "${now.state}" after the confirmation. Confirm it in Odoo and see what it asks`;
  return refused(connection.settings, 'record.rejected', operation, {
    message: `${what} in "${connection.settings.name}": ${why}, then replay.`,
    refs,
  });
}
