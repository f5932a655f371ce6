import { money, type PurchaseDraft, type Ref } from '@crossdock/core';
import type { OdooState } from '@crossdock/testing';
import type { Scenery } from '@crossdock/testing/conformance';
import * as z from 'zod';
import { refOf, type Erp, type Ground } from './ground.ts';

const goods = [
  { sku: 'TEE', quantity: 5 },
  { sku: 'CAP', quantity: 2 },
] as const;

/** What is ordered from suppliers, and what of it arrives. */
export function purchasingScenery(ground: Ground) {
  const { frozen, rename, slowly } = ground;
  return {
    'purchases.pull': {
      seed: (platform, count) => Array.from({ length: count }, () => typedPurchase(platform, ground)),
      touch: (platform, { id }) => rename(platform, 'purchase.order', id, 'partner_ref'),
      late: slowly('purchase.order', (_platform: Erp, { id }: Ref<'purchase'>) => id),
      unknownStatus: (platform) => frozen(platform, 'purchase.order', typedPurchase(platform, ground)),
    },
    'purchases.get': { unknown: () => refOf('purchase', 987_654) },
    'purchases.create': {
      draft: (platform, number): PurchaseDraft => ({
        number: `PO-${number}`,
        supplier: ground.worldOf(platform).customer,
        lines: goods.map(({ sku, quantity }, index) => ({
          id: String(index + 1),
          sku,
          quantity,
          unitPrice: money('3.50', 'USD'),
        })),
      }),
      created: ({ state }) => state.records('purchase.order').map(({ id }) => String(Number(id))),
      expected: ({ state }, id) => sum(movesOf(state, id), 'product_uom_qty'),
    },
    'purchases.cancel': {
      open: (platform) => confirmedPurchase(platform, ground),
      isCanceled: ({ state }, { id }) => purchaseOf(state, id)['state'] === 'cancel',
      async late(platform) {
        const purchase = await confirmedPurchase(platform, ground);
        await arrive(platform, ground, [purchase]);
        return purchase;
      },
    },
    'receipts.pull': {
      async seed(platform, count) {
        const purchases = Array.from({ length: count }, () => typedPurchase(platform, ground));
        await press(platform, ground, 'purchase.order', 'button_confirm', purchases);
        return arrive(platform, ground, purchases);
      },
      touch: (platform, { id }) => rename(platform, 'stock.picking', id, 'origin'),
      late: slowly('stock.picking', (_platform: Erp, { id }: Ref<'receipt'>) => id),
    },
    'receipts.confirm': {
      async ready(platform) {
        return { ref: await confirmedPurchase(platform, ground), lines: goods };
      },
      received: ({ state }, { id }) =>
        sum(
          movesOf(state, id).filter((move) => move['state'] === 'done'),
          'quantity',
        ),
    },
  } satisfies Partial<Scenery<OdooState>>;
}

/** A purchase that somebody types in, a draft. */
function typedPurchase(platform: Erp, { worldOf }: Ground): Ref<'purchase'> {
  const { state } = platform;
  const ids = new Map(state.records('product.product').map((one) => [one['default_code'], Number(one['id'])]));
  const lines = goods.map(({ sku, quantity }) => ({
    product_id: ids.get(sku) ?? 0,
    product_qty: quantity,
    price_unit: 3.5,
  }));
  const partner_id = Number(worldOf(platform).customer.id);
  const order_line = lines.map((line) => [0, 0, line]);
  return refOf('purchase', state.add('purchase.order', { partner_id, order_line }));
}

async function confirmedPurchase(platform: Erp, ground: Ground): Promise<Ref<'purchase'>> {
  const purchase = typedPurchase(platform, ground);
  await press(platform, ground, 'purchase.order', 'button_confirm', [purchase]);
  return purchase;
}

/** Everything of these purchases arrives, as the warehouse books it. */
async function arrive(platform: Erp, ground: Ground, purchases: readonly Ref<'purchase'>[]) {
  const ids = new Set(purchases.map(({ id }) => Number(id)));
  const arrivals = platform.state.records('stock.picking').filter((one) => ids.has(Number(one['purchase_id'])));
  const refs = arrivals.map(({ id }) => refOf('receipt', Number(id)));
  await press(platform, ground, 'stock.picking', 'button_validate', refs);
  return refs;
}

/** Presses a button on records, as a person does. */
async function press(
  platform: Erp,
  { clientOf }: Ground,
  model: string,
  button: string,
  refs: readonly Ref[],
): Promise<void> {
  const ids = refs.map(({ id }) => Number(id));
  const release = platform.clock.hold();
  await clientOf(platform).call(model, button, { ids, answer: z.unknown(), safety: 'repeatable' });
  release();
}

function purchaseOf(state: OdooState, id: string) {
  const purchase = state.records('purchase.order').find((one) => one['id'] === Number(id));
  if (!purchase) throw new Error(`Odoo has no purchase "${id}".`);
  return purchase;
}

/** What is to come or came of a purchase. */
function movesOf(state: OdooState, purchase: string) {
  const lines = state.records('purchase.order.line').filter((line) => line['order_id'] === Number(purchase));
  const ids = new Set(lines.map(({ id }) => id));
  const moves = state.records('stock.move').filter((move) => ids.has(move['purchase_line_id'] ?? false));
  return moves.filter((move) => move['state'] !== 'cancel');
}

function sum(moves: ReturnType<typeof movesOf>, field: 'product_uom_qty' | 'quantity'): number {
  return moves.reduce((total, move) => total + Number(move[field]), 0);
}
