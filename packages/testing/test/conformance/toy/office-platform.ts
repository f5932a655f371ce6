import * as z from 'zod';
import type { Toy, ToyState } from './state.ts';

/** What every unit costs here, in pence. */
export const unitPence = 1_000;
/** The same with its tax. */
const grossPence = 1_200;

const officeSchema = z.looseObject({
  order: z.string().default(''),
  invoice: z.string().default(''),
  purchase: z.string().default(''),
  reference: z.string().default(''),
  units: z.number().default(0),
  expected: z.number().optional(),
  pence: z.number().default(0),
  linePence: z.number().default(0),
  lines: z.array(z.object({ sku: z.string(), units: z.number(), restock: z.boolean() })).default([]),
  products: z
    .array(
      z.object({
        sku: z.string(),
        title: z.string(),
        description: z.string().optional(),
        categories: z.array(z.string()),
      }),
    )
    .default([]),
});
type Body = z.infer<typeof officeSchema>;

/** What an office of the toy platform answers; `undefined` where it knows nothing of it. */
export function officeAnswer(
  state: ToyState,
  { method, path, search, body }: { method: string; path: readonly string[]; search: URLSearchParams; body: unknown },
): unknown {
  const [kind = '', id = '', verb = ''] = path;
  if (method === 'GET') return looked(state, `${kind}/${id}`, search) ?? readiness(state, kind, id);
  const given = officeSchema.parse(body);
  const record = state.tables[kind]?.get(id);
  if (record && verb === 'confirm') return confirmed(record);
  if (record && verb === 'receive') return arrived(state, record, given);
  return id === '' ? creations[kind]?.(state, given) : undefined;
}

const creations: Readonly<Record<string, (state: ToyState, body: Body) => unknown>> = {
  returns(state, { order, units }) {
    const sold = recordOf(state, 'orders', order);
    const returned = sold.counts['returned'] ?? 0;
    if (returned + units > sold.shipped) return 'too many';
    sold.counts['returned'] = returned + units;
    return { id: state.add('returns', 'open', { counts: { expected: units } }).id };
  },
  refunds(state, { order, pence, linePence }) {
    if (pence !== linePence) return 'mismatch';
    const sold = recordOf(state, 'orders', order);
    const back = (sold.counts['back'] ?? 0) + pence;
    if (back > sold.shipped * grossPence) return 'too many';
    sold.counts['back'] = back;
    return { id: state.add('refunds', 'open', { of: order, counts: { pence } }).id };
  },
  invoices(state, { order, expected }) {
    const sold = recordOf(state, 'orders', order);
    const units = sold.shipped - (sold.counts['billed'] ?? 0);
    if (units === 0) return 'too many';
    const pence = units * unitPence;
    if (expected !== undefined && expected !== pence) return 'mismatch';
    sold.counts['billed'] = sold.shipped;
    return { id: state.add('invoices', 'draft', { of: order, counts: { due: pence } }).id };
  },
  payments(state, { invoice, pence, reference }) {
    const bill = recordOf(state, 'invoices', invoice);
    const due = bill.counts['due'] ?? 0;
    if (pence > due) return 'too many';
    const booked = [...(state.tables['payments']?.values() ?? [])];
    const same = booked.find(({ of, title }) => of === invoice && title === reference);
    if (same) return { id: same.id };
    bill.counts['due'] = due - pence;
    return { id: state.add('payments', 'open', { of: invoice, title: reference, counts: { pence } }).id };
  },
  purchases: (state, { units }) => ({ id: state.add('purchases', 'open', { counts: { expected: units } }).id }),
  receipts(state, { purchase, units }) {
    const ordered = recordOf(state, 'purchases', purchase);
    const there = ordered.counts['received'] ?? 0;
    if (there + units > (ordered.counts['expected'] ?? 0)) return 'too many';
    ordered.counts['received'] = there + units;
    return { id: state.add('receipts', 'open', { of: purchase }).id };
  },
  products: (state, { products }) => ({ items: products.map((product) => written(state, product)) }),
};

function recordOf({ tables }: ToyState, kind: string, id: string): Toy {
  const record = tables[kind]?.get(id);
  if (!record) throw new Error(`The scenery made nothing under "${kind}/${id}".`);
  return record;
}

function confirmed(record: Toy): unknown {
  if (record.status === 'draft') {
    record.status = record.counts['due'] === undefined ? 'open' : 'final';
    record.counts['reserved'] = record.counts['ordered'] ?? 0;
  }
  return { id: record.id };
}

function arrived(state: ToyState, record: Toy, { lines }: Body): unknown {
  for (const { sku, units, restock } of lines) {
    record.counts['received'] = (record.counts['received'] ?? 0) + units;
    if (restock) state.setStock(sku, (state.stock.get(sku) ?? 0) + units);
  }
  return { id: record.id };
}

/** Writes what differs, and nothing else. */
function written(state: ToyState, { sku, title, description, categories }: Body['products'][number]): unknown {
  if (categories.length > 0) return { sku, said: 'nowhere' };
  const there = productBy(state, sku);
  if (!there) {
    state.add('products', 'open', { sku, title, description: description ?? '' });
    return { sku, said: 'ok' };
  }
  const isSame = there.title === title && (description === undefined || there.description === description);
  if (!isSame) {
    there.title = title;
    if (description !== undefined) there.description = description;
    there.counts['writes'] = (there.counts['writes'] ?? 0) + 1;
  }
  return { sku, said: 'ok' };
}

export function productBy({ tables }: ToyState, sku: string): Toy | undefined {
  return [...(tables['products']?.values() ?? [])].find((product) => product.sku === sku);
}

/** Products by their keys, and what a buyer is asked now. */
function looked(state: ToyState, what: string, search: URLSearchParams): unknown {
  const wanted = (name: string) => new Set(search.getAll(name));
  const [skus, barcodes] = [wanted('sku'), wanted('barcode')];
  if (what === 'products/find') {
    const all = [...(state.tables['products']?.values() ?? [])];
    const items = all.filter(({ sku, barcode }) => skus.has(sku ?? '?') || barcodes.has(barcode ?? '?'));
    return { items };
  }
  if (what !== 'offers/now') return undefined;
  return { items: state.offers.filter(({ sku, isNow }) => isNow && skus.has(sku)) };
}

function readiness({ tables }: ToyState, kind: string, id: string): unknown {
  const order = tables['orders']?.get(id);
  if (kind !== 'readiness' || !order) return undefined;
  const units = order.shipped - (order.counts['billed'] ?? 0);
  const obstacle =
    order.status === 'draft'
      ? 'not-confirmed'
      : order.status === 'canceled'
        ? 'canceled'
        : order.shipped === 0
          ? 'not-shipped'
          : units === 0
            ? 'nothing-to-bill'
            : undefined;
  const invoices = [...(tables['invoices']?.values() ?? [])].filter(({ of }) => of === id);
  return {
    obstacles: obstacle ? [obstacle] : [],
    units: obstacle ? 0 : units,
    invoices: invoices.map((bill) => bill.id),
  };
}
