import type { PurchaseDraft, Ref } from '@crossdock/core';
import type { Scenery } from '@crossdock/testing/conformance';
import * as z from 'zod';
import { recordId, rowOf } from '../../src/index.ts';
import { frozen, idsIn, refOf, withoutDialogues, type LiveGround } from './live-ground.ts';
import type { LiveErp, LiveState } from './live-platform.ts';

const purchaseState = rowOf(z.object({ id: recordId, state: z.string() }));
const move = rowOf(z.object({ id: recordId, quantity: z.number(), product_uom_qty: z.number(), state: z.string() }));

/** What is ordered from suppliers, and what of it arrives. */
export function livePurchasing(ground: LiveGround) {
  const { client, hand, idsOf, supplier, tee, teeId } = ground;
  const goods = [{ sku: tee.sku, quantity: 5 }] as const;
  const partner_id = Number(supplier.id);

  return {
    'purchases.pull': {
      seed: ground.pooled(typed),
      touch: (_platform, ref) => ground.touch('purchase.order', ref, 'partner_ref'),
      unknownStatus: async (platform) => {
        const [one = refOf('purchase', 0)] = await typed(1);
        return frozen(platform, 'purchase.order', one);
      },
    },
    'purchases.get': { unknown: () => refOf('purchase', 1_987_654_321) },
    'purchases.create': {
      draft: ({ state }: LiveErp, number): PurchaseDraft => ({
        number: `PO-${ground.run}-${state.number}-${number}`,
        supplier,
        lines: goods.map(({ sku, quantity }) => ({ id: '1', sku, quantity, unitPrice: ground.money('3.50') })),
      }),
      created: () => idsOf('purchase.order', ['partner_id', '=', partner_id]),
      expected: async (_platform, id) =>
        (await movesOf(id)).reduce((sum, { product_uom_qty }) => sum + product_uom_qty, 0),
    },
    'purchases.cancel': {
      open: confirmed,
      async isCanceled(_platform, { id }) {
        const [found] = await client.read('purchase.order', [Number(id)], purchaseState);
        return found?.state === 'cancel';
      },
      async late() {
        const purchase = await confirmed();
        await arrive([purchase]);
        return purchase;
      },
    },
    'receipts.pull': {
      seed: ground.pooled(async (count) => {
        const purchases = await typed(count);
        await hand.press('purchase.order', 'button_confirm', idsIn(purchases));
        return arrive(purchases);
      }),
      touch: (_platform, ref) => ground.touch('stock.picking', ref, 'origin'),
    },
    'receipts.confirm': {
      ready: async () => ({ ref: await confirmed(), lines: goods }),
      received: async (_platform, { id }) =>
        (await movesOf(id)).reduce((sum, { state, quantity }) => sum + (state === 'done' ? quantity : 0), 0),
    },
  } satisfies Partial<Scenery<LiveState>>;

  /** Purchases that somebody types in, drafts. */
  async function typed(count: number): Promise<readonly Ref<'purchase'>[]> {
    const lines = goods.map(({ quantity }) => [0, 0, { product_id: teeId, product_qty: quantity, price_unit: 3.5 }]);
    const values = Array.from({ length: count }, () => ({ partner_id, order_line: lines }));
    return (await client.create('purchase.order', values)).map((id) => refOf('purchase', id));
  }

  async function confirmed(): Promise<Ref<'purchase'>> {
    const [purchase = refOf('purchase', 0)] = await typed(1);
    await hand.press('purchase.order', 'button_confirm', idsIn([purchase]));
    return purchase;
  }

  /** Everything of these purchases arrives, as the warehouse books it. */
  async function arrive(purchases: readonly Ref<'purchase'>[]): Promise<readonly Ref<'receipt'>[]> {
    const ids = await idsOf('stock.picking', ['purchase_id', 'in', idsIn(purchases)]);
    await hand.press('stock.picking', 'button_validate', ids.map(Number), withoutDialogues);
    return ids.map((id) => refOf('receipt', Number(id)));
  }

  function movesOf(purchase: string) {
    const domain = [
      ['purchase_line_id.order_id', '=', Number(purchase)],
      ['state', '!=', 'cancel'],
    ] as const;
    return client.searchRead('stock.move', move, { domain });
  }
}
