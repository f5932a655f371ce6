import {
  compareMoney,
  subtractMoney,
  sumMoney,
  type Money,
  type RefundDraft,
  type WriteOptions,
} from '@crossdock/core';
import { moneyOf } from './amounts.ts';
import type { Domain } from './client.ts';
import { idOf, refused, type Connection } from './connection.ts';
import { readBill } from './invoice-confirm.ts';
import { surroundingsOf } from './invoice-record.ts';
import {
  accountMoveRow,
  billedLineRow,
  billedOrderRow,
  taxPriceRow,
  type InvoiceLineWire,
  type MoveWire,
} from './wire/account.ts';
import { deliveryLineRow } from './wire/order.ts';

const operation = 'refunds.create';

/** The invoice that a refund takes back a part of, and its lines. */
export interface BilledInvoice {
  readonly bill: MoveWire;
  /** By the id of the order line. */
  readonly goods: ReadonlyMap<string, InvoiceLineWire>;
  readonly carriage: InvoiceLineWire | undefined;
  readonly holdsTax: (line: InvoiceLineWire) => boolean;
}

/** Finds the posted invoice that has every line of the draft, and refuses what is more than was billed on it. */
export async function billedInvoice(
  connection: Connection,
  draft: RefundDraft,
  options: WriteOptions,
): Promise<BilledInvoice> {
  const { client, settings } = connection;
  const [order] = await client.read('sale.order', [idOf(connection, draft.order)], billedOrderRow, options);
  if (!order) {
    throw refused(settings, 'record.missing', operation, {
      message: `Refund "${draft.number}" was not booked in "${settings.name}": there is no order "${draft.order.id}". See who deleted it.`,
      refs: [draft.order],
    });
  }
  const bills = await postedBills(connection, draft, order.invoice_ids, options);
  if (bills.length === 0) {
    throw reject(
      connection,
      draft,
      `order "${order.name}" has no confirmed invoice yet. Bill the order and confirm it`,
    );
  }
  await demandBilled(connection, draft, order.order_line, options);
  const around = await surroundingsOf(connection, bills, operation, options);
  const carriageIds = await carriageLines(connection, order.order_line, options);
  const wanted = draft.lines.map(({ orderLineId }) => orderLineId);
  const fits = bills.flatMap((bill) => {
    const bad = around.misfitOf(bill);
    if (bad) throw bad;
    const lines = around.lines.filter(({ move_id }) => move_id.id === bill.id);
    const goods = new Map(lines.flatMap((line) => line.sale_line_ids.map((id) => [String(id), line] as const)));
    const carriage = lines.find(
      (line) =>
        line.sale_line_ids.some((id) => carriageIds.has(id)) ||
        (line.product_id !== null &&
          settings.shippingProduct !== undefined &&
          around.skus.get(line.product_id.id) === settings.shippingProduct),
    );
    const whole =
      wanted.every((id) => goods.has(id)) &&
      (draft.shipping === undefined || Number(draft.shipping.amount) === 0 || carriage !== undefined);
    return whole ? [{ bill, goods, carriage, lines }] : [];
  });
  const [first] = fits;
  if (!first) {
    throw reject(
      connection,
      draft,
      `no single confirmed invoice of order "${order.name}" has all of its lines and its carriage. Book a refund for each invoice`,
    );
  }
  demandCurrency(connection, draft, first.bill);
  const spare = await roomOf(connection, fits, options);
  const found = fits.find((fit) => hasRoom(draft, fit, spare(fit)));
  if (!found) throw full(connection, draft, fits, spare);
  const taxes = await client.read(
    'account.tax',
    [...new Set(found.lines.flatMap(({ tax_ids }) => tax_ids))],
    taxPriceRow,
    {
      ...options,
      context: { active_test: false },
    },
  );
  const including = new Set(taxes.filter(({ price_include }) => price_include).map(({ id }) => id));
  return { ...found, holdsTax: (line) => line.tax_ids.some((id) => including.has(id)) };
}

async function postedBills(
  connection: Connection,
  draft: RefundDraft,
  ids: readonly number[],
  options: WriteOptions,
): Promise<readonly MoveWire[]> {
  const named = draft.invoice && (await readBill(connection, idOf(connection, draft.invoice), options));
  if (draft.invoice && !named)
    throw reject(connection, draft, `there is no invoice "${draft.invoice.id}". Pass the one of the order`);
  if (named && !ids.includes(named.id))
    throw reject(
      connection,
      draft,
      `invoice "${named.name ?? named.id}" is not of order "${draft.order.id}". Pass one that is`,
    );
  const bills = named ? [named] : await connection.client.read('account.move', ids, accountMoveRow, options);
  const posted = bills.filter(({ move_type, state }) => move_type === 'out_invoice' && state === 'posted');
  return posted.toSorted((one, other) => one.id - other.id);
}

/** Odoo takes a credit note of any quantity: what is billed and not taken back yet stands on the order's lines. */
async function demandBilled(connection: Connection, draft: RefundDraft, ids: readonly number[], options: WriteOptions) {
  const lines = await connection.client.read('sale.order.line', ids, billedLineRow, options);
  const billed = new Map(lines.map((line) => [String(line.id), line.qty_invoiced]));
  const over = draft.lines.filter(({ orderLineId, quantity }) => quantity > (billed.get(orderLineId) ?? 0));
  if (over.length === 0) return;
  const parts = over.map(
    ({ orderLineId, quantity }) => `line "${orderLineId}": ${quantity} of ${billed.get(orderLineId) ?? 0}`,
  );
  throw reject(
    connection,
    draft,
    `that much is not billed on the order (${parts.join('; ')}). See its credit notes there`,
  );
}

type Fit = Omit<BilledInvoice, 'holdsTax'> & { readonly lines: readonly InvoiceLineWire[] };

/** What of an invoice was not given back yet. */
interface Room {
  readonly before: Money;
  readonly left: Money;
  /** Units, by the id of the order line. */
  readonly units: (orderLineId: string) => number;
}

function demandCurrency(connection: Connection, draft: RefundDraft, bill: MoveWire): void {
  const currency = bill.currency_id.name;
  if (currency === draft.total.currency) return;
  throw reject(
    connection,
    draft,
    `it is in ${draft.total.currency}, and the invoice in ${currency}. Pass amounts in the currency of the invoice`,
  );
}

/** An order that left in parts has a line on several invoices, and each takes back what is on it. */
async function roomOf(connection: Connection, fits: readonly Fit[], options: WriteOptions) {
  const { client } = connection;
  const domain: Domain = [
    ['reversed_entry_id', 'in', fits.map(({ bill }) => bill.id)],
    ['move_type', '=', 'out_refund'],
    ['state', '!=', 'cancel'],
  ];
  const notes = await client.searchRead('account.move', accountMoveRow, { domain, order: 'id' }, options);
  const back = await surroundingsOf(connection, notes, operation, options);
  return ({ bill, lines }: Fit): Room => {
    const currency = bill.currency_id.name;
    const own = notes.filter(({ reversed_entry_id }) => reversed_entry_id?.id === bill.id);
    const ids = new Set(own.map(({ id }) => id));
    const before = sumMoney(
      own.map(({ amount_total }) => moneyOf(amount_total, currency)),
      currency,
    );
    const taken = back.lines.filter(({ move_id }) => ids.has(move_id.id));
    return {
      before,
      left: subtractMoney(moneyOf(bill.amount_total, currency), before),
      units: (id) => unitsOf(lines, id) - unitsOf(taken, id),
    };
  };
}

function unitsOf(lines: readonly InvoiceLineWire[], orderLineId: string): number {
  const own = lines.filter(({ sale_line_ids }) => sale_line_ids.includes(Number(orderLineId)));
  return own.reduce((sum, { quantity }) => sum + quantity, 0);
}

function hasRoom(draft: RefundDraft, { bill }: Fit, { left, units }: Room): boolean {
  if (bill.currency_id.name !== draft.total.currency || compareMoney(draft.total, left) > 0) return false;
  const ids = new Set(draft.lines.map(({ orderLineId }) => orderLineId));
  return [...ids].every((id) => {
    const wanted = draft.lines.reduce((sum, line) => sum + (line.orderLineId === id ? line.quantity : 0), 0);
    // Floats: a thousandth of a unit is none.
    return wanted <= units(id) + 0.0005;
  });
}

function full(connection: Connection, draft: RefundDraft, fits: readonly Fit[], spare: (fit: Fit) => Room) {
  const parts = fits.map((fit) => {
    const { before } = spare(fit);
    const { bill } = fit;
    const total = moneyOf(bill.amount_total, bill.currency_id.name);
    return `invoice "${bill.name ?? bill.id}" is of "${total.amount}" ${total.currency}, of which "${before.amount}" was given back before`;
  });
  const advice =
    fits.length === 1
      ? 'See its credit notes there, and how many of each line are on it'
      : 'None of them has all of it left: book a refund for each invoice, with a number of its own, and pass `invoice`';
  return reject(connection, draft, `${parts.join('; ')}. ${advice}`);
}

/** Order lines of carriage, where Odoo's module `delivery` marks them. */
async function carriageLines(
  { client }: Connection,
  ids: readonly number[],
  options: WriteOptions,
): Promise<ReadonlySet<number>> {
  if (!Object.hasOwn(await client.fieldsGet('sale.order.line', options), 'is_delivery')) return new Set();
  const lines = await client.read('sale.order.line', ids, deliveryLineRow, options);
  return new Set(lines.filter(({ is_delivery }) => is_delivery).map(({ id }) => id));
}

function reject(connection: Connection, draft: RefundDraft, why: string) {
  return refused(connection.settings, 'record.rejected', operation, {
    message: `Refund "${draft.number}" was not booked in "${connection.settings.name}": ${why}, then replay.`,
    refs: [draft.order, ...(draft.invoice ? [draft.invoice] : [])],
  });
}
