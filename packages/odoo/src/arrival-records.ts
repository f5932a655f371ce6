import type { ReadOptions, Ref } from '@crossdock/core';
import type { Domain } from './client.ts';
import { refused, type Connection } from './connection.ts';
import type { Arrival } from './receipt-plan.ts';
import { arrivalMoveRow, arrivalRow } from './wire/purchase.ts';
import { productKeyRow } from './wire/product.ts';

/** The pickings that bring a purchase's goods, oldest first, with what each waits for. */
export async function arrivalsOf(
  connection: Connection,
  pickingIds: readonly number[],
  about: { readonly what: string; readonly refs: readonly Ref[] },
  options: ReadOptions,
): Promise<readonly Arrival[]> {
  const { client, settings } = connection;
  const domain: Domain = [
    ['id', 'in', pickingIds],
    ['picking_type_id.code', '=', 'incoming'],
    ['location_id.usage', '=', 'supplier'],
  ];
  const pickings = await client.searchRead('stock.picking', arrivalRow, { domain, order: 'id' }, options);
  if (pickings.length === 0) return [];
  const inThem = { domain: [['picking_id', 'in', pickings.map(({ id }) => id)] as const], order: 'id' };
  const moves = await client.searchRead('stock.move', arrivalMoveRow, inThem, options);
  const ids = [...new Set(moves.map(({ product_id }) => product_id.id))];
  const archived = { ...options, context: { active_test: false } };
  const products = new Map(
    (await client.read('product.product', ids, productKeyRow, archived)).map((product) => [product.id, product]),
  );
  const other = moves.find((move) => {
    const unit = products.get(move.product_id.id)?.uom_id.id;
    return move.state !== 'cancel' && unit !== undefined && unit !== move.product_uom.id;
  });
  if (other) {
    const sku = products.get(other.product_id.id)?.default_code ?? '';
    throw refused(settings, 'record.rejected', 'receipts.confirm', {
      message: `${about.what} in "${settings.name}": SKU "${sku}" is expected there in "${other.product_uom.name}", which is not the unit of the product. Change the purchase line to the product's unit, then replay.`,
      refs: about.refs,
    });
  }
  return pickings.map((picking) => ({
    picking,
    moves: moves
      .filter(({ picking_id }) => picking_id?.id === picking.id)
      .flatMap((move) => {
        const product = products.get(move.product_id.id);
        const sku = product?.default_code;
        return product && sku ? [{ move, sku, tracking: product.tracking, tracked: product.tracking !== 'none' }] : [];
      }),
  }));
}
