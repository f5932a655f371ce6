import { isCommerceError, type Address } from '@crossdock/core';
import { fromAddress } from './address-record.ts';
import { addressesOf, addressKey } from './addresses.ts';
import { idOf, type Connection } from './connection.ts';
import { normalizedEmail } from './customer-identity.ts';
import { placesIn, wishOf } from './import-customers.ts';
import type { OrderImport, Passage } from './import-passage.ts';
import type { LineDraft } from './line-draft.ts';
import { markText } from './mark.ts';
import { openMark, originOf } from './order-claim.ts';
import { roundingCents } from './rounding-cents.ts';
import { taxOf } from './order-tax.ts';
import { reckonedSums, taxedParts } from './tax-parts.ts';
import { extraTaxData } from './tax-amounts.ts';
import type { OrderRoute } from './order-route.ts';
import { orderHead } from './order-table.ts';
import { placeOf } from './places.ts';

type Values = Readonly<Record<string, string | number | boolean | null>>;
interface ActionAddress {
  readonly key: string;
  readonly type: 'invoice' | 'delivery';
  readonly values: Values;
}
/** An order as the action takes it. */
export interface ActionOrder {
  readonly id: string;
  readonly key: string;
  readonly origin: string;
  readonly customer: { readonly id: number } | ActionCustomer;
  readonly invoice: ActionAddress | null;
  readonly shipping: ActionAddress | null;
  readonly values: Readonly<Record<string, string | number>>;
  readonly lines: readonly {
    readonly id: string;
    readonly sku: string;
    readonly taxes: readonly number[];
    readonly delivery: boolean;
    readonly values: Values;
    readonly stated: ReturnType<typeof extraTaxData> | null;
  }[];
  readonly total: string;
  readonly tax: string;
  /** What Odoo makes of both where the channel rounded the tax of each piece; else the same. */
  readonly reckoned: { readonly tax: string; readonly total: string };
  readonly currency: string;
  /** The most cents that the rounding of taxes may explain over all lines. */
  readonly taxed: number;
  /** The same for what is a line of its own in the channel, in half cents. */
  readonly parts: readonly {
    readonly names: readonly string[];
    readonly tax: string;
    readonly reckoned: string;
    readonly lines: number;
    readonly halves: number;
    readonly again: number;
  }[];
  readonly rounding: string | null;
  readonly confirm: boolean;
}
interface ActionCustomer {
  readonly id: string;
  readonly find: { readonly ref: string; readonly email: string };
  readonly values: Values;
  readonly deliveries: readonly { readonly values: Values }[];
}

/** Every address of an order, for their countries to be learnt. */
export function actionAddresses(item: OrderImport): readonly Address[] {
  return [...addressesOf(item.draft), ...('kind' in item.customer ? [] : placesIn(item.customer))];
}

/** What the action is to make, or `undefined` for what the batch will have to refuse. */
export async function actionOrder(
  connection: Connection,
  passage: Passage,
  routeOf: (draft: OrderImport['draft']) => OrderRoute,
): Promise<ActionOrder | undefined> {
  const { item, externalId, lines } = passage;
  const { draft } = item;
  const mark = await openMark(item.idempotencyKey, draft);
  const text = markText(mark);
  try {
    const tax = taxOf(draft, connection.settings);
    const reckoned = reckonedSums(draft, tax, connection.settings);
    const customer = await customerFor(connection, item);
    if (!customer) return undefined;
    return {
      id: externalId,
      key: text.slice(0, text.indexOf('/') + 1),
      // The customer's number ends it, and the bracket.
      origin: originOf(draft, mark).slice(0, -1),
      customer,
      invoice: await addressFor(connection, draft.billingAddress, 'invoice'),
      shipping: await addressFor(connection, draft.shippingAddress, 'delivery'),
      values: orderHead(draft, routeOf(draft)),
      lines: lines.map((line) => lineFor(externalId, line)),
      total: draft.totals.total.amount,
      tax: tax.amount,
      reckoned: { tax: reckoned.tax.amount, total: reckoned.total.amount },
      currency: draft.currency,
      taxed: roundingCents(draft, connection.settings),
      parts: taxedParts(draft, connection.settings).map((part) => ({
        names: part.keys.map((key) => `${externalId}_${key}`),
        tax: part.stated.amount,
        reckoned: part.reckoned.amount,
        lines: part.lines,
        halves: part.halves,
        again: part.again,
      })),
      rounding: connection.settings.roundingProduct ?? null,
      confirm: connection.settings.confirmOrders,
    };
  } catch (error) {
    if (isCommerceError(error)) return undefined;
    throw error;
  }
}

async function customerFor(connection: Connection, item: OrderImport): Promise<ActionOrder['customer'] | undefined> {
  const { customer, idempotencyKey } = item;
  if ('kind' in customer) return { id: idOf(connection, customer) };
  const wish = await wishOf(connection, { customer, idempotencyKey });
  if (!('table' in wish)) return undefined;
  const { fields, rows } = wish.table;
  const [first = []] = rows;
  const deliveries = fields.some(isChild)
    ? rows.map((row) => ({ values: valuesIn(fields, row, (field) => field.slice('child_ids/'.length), isChild) }))
    : [];
  return {
    id: wish.externalId,
    find: { ref: customer.accountNumber?.trim() ?? '', email: normalizedEmail(customer.email) ?? '' },
    values: valuesIn(
      fields,
      first,
      (field) => field,
      (field) => !isChild(field),
    ),
    deliveries,
  };
}

function isChild(field: string): boolean {
  return field.startsWith('child_ids/');
}

/** The cells of a table as values of a record: what `load` reads from texts, `create` wants as it is. */
function valuesIn(
  fields: readonly string[],
  row: readonly string[],
  nameOf: (field: string) => string,
  isWanted: (field: string) => boolean,
): Values {
  const values: Record<string, Values[string]> = {};
  for (const [index, field] of fields.entries()) {
    const cell = row[index] ?? '';
    const name = nameOf(field);
    if (!isWanted(field) || name === 'id' || name === 'type') continue;
    if (name.endsWith('/.id')) values[name.slice(0, -'/.id'.length)] = cell === '' ? null : Number(cell);
    else values[name] = name === 'is_company' ? cell === '1' : cell;
  }
  return values;
}

async function addressFor(
  connection: Connection,
  address: Address | undefined,
  type: ActionAddress['type'],
): Promise<ActionAddress | null> {
  if (!address) return null;
  const fields = fromAddress(address, placeOf(connection, address), '');
  const { countryId, stateId, ...texts } = fields;
  const values = { ...texts, country_id: countryId, state_id: stateId ?? null };
  return { key: await addressKey(fields), type, values };
}

function lineFor(externalId: string, line: LineDraft) {
  const { key, sku, title, quantity, unitPrice, percentOff, taxes, delivery } = line;
  const values = { name: title, product_uom_qty: quantity, price_unit: unitPrice, discount: percentOff };
  // The action adds the currency.
  return { id: `${externalId}_${key}`, sku, taxes, delivery, values, stated: extraTaxData(line) ?? null };
}
