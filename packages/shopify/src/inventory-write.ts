import { CommerceError, stableUuid, type Clock, type StockUpdate, type WriteOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { inventorySetQuantities } from './documents/inventory.ts';
import { itemActivation } from './inventory-activation.ts';
import type { InventoryItems, StockedItem } from './inventory-items.ts';
import { itemRefusals } from './item-refusal.ts';
import { verdictOf } from './inventory-verdict.ts';
import { orError } from './or-error.ts';
import { rowRefusal } from './row-refusal.ts';
import type { UserErrors } from './wire/user-error.ts';

/** An update with its place in the caller's list and its place in the shop. */
export interface StockRow extends Pick<StockUpdate, 'sku' | 'available' | 'expected'> {
  readonly index: number;
  readonly location: string;
}
type Answer = 'ok' | CommerceError;

/** Writes up to 250 rows of one location, all of them with an expectation or none, and answers for each by its index. */
export type StockWrite = (rows: readonly StockRow[], options: WriteOptions) => Promise<ReadonlyMap<number, Answer>>;

/** A row as it is sent: written only where the shop still has `from`. */
interface Swap {
  readonly row: StockRow;
  readonly itemId: string;
  readonly from: number;
}

const operation = 'inventory.push';
/** How often a row without an expectation is decided again because its number changed meanwhile. */
const mostTries = 5;
/** More rounds than there are reasons to go on; what is left then has a shop that never stands still. */
const mostRounds = 30;
/** Waits for a request of ours that the shop still works on; longer together than it may take. */
const waitsMs = [1000, 2000, 4000, 8000, 16_000];

/**
 * Every row is a compare-and-swap, so a call that arrives late cannot put an older number over a newer one. Shopify writes
 * all rows of a call or none: those that it names are answered or looked at anew, and the rest is sent again under
 * another key. A row of which an answer was lost is not decided anew: what changed it may be a newer number than ours.
 */
export function stockWrite(
  client: ShopifyClient,
  items: InventoryItems,
  { system, clock }: { readonly system: string; readonly clock: Clock },
): StockWrite {
  const refusal = itemRefusals({ system, operation, failed: 'was not set' });
  const activate = itemActivation(client, { system, operation });

  return async function write(rows, options) {
    const answers = new Map<number, Answer>();
    const tries = new Map<number, number>();
    const doubted = new Set<number>();
    let open = await firstSwaps(rows, options, answers);
    for (let round = 0; round < mostRounds && open.length > 0; round += 1) {
      const errors = await send(open, round, options, doubted);
      if (errors.length === 0) for (const { row } of open) answers.set(row.index, 'ok');
      const { changed, refused } = verdictOf(errors, open.length, { system, operation });
      for (const [at, error] of refused) {
        const swap = open[at];
        if (swap) answers.set(swap.row.index, rowRefusal(refusal, swap.row.sku, error));
      }
      const again = open.filter((_swap, at) => changed.has(at)).map(({ row }) => row);
      const rest = open.filter(({ row }, at) => !answers.has(row.index) && !changed.has(at));
      for (const { index } of again) tries.set(index, (tries.get(index) ?? 0) + 1);
      open = [...rest, ...(await swapsAnew(again, options, answers, { tries, doubted }))];
    }
    for (const { row } of open) answers.set(row.index, restless(row));
    return answers;
  };

  /** The rows to send. Those with an expectation go together whatever is shown, as long as one of them is needed: see `inventoryPush`. */
  async function firstSwaps(rows: readonly StockRow[], options: WriteOptions, answers: Map<number, Answer>) {
    const seen = await look(rows, options, answers);
    const isNeeded = seen.some(({ row, from }) => from !== row.available);
    return seen.flatMap(({ row, itemId, from }): Swap[] => {
      if (row.expected !== undefined && isNeeded) return [{ row, itemId, from: row.expected }];
      if (from !== row.available) return [{ row, itemId, from }];
      answers.set(row.index, 'ok');
      return [];
    });
  }

  /** Decides rows again whose number is another one than they went out with. */
  async function swapsAnew(
    rows: readonly StockRow[],
    options: WriteOptions,
    answers: Map<number, Answer>,
    { tries, doubted }: { readonly tries: ReadonlyMap<number, number>; readonly doubted: ReadonlySet<number> },
  ): Promise<readonly Swap[]> {
    if (rows.length === 0) return [];
    const swaps: Swap[] = [];
    for (const swap of await look(rows, options, answers)) {
      const { row, from } = swap;
      if (from === row.available) answers.set(row.index, 'ok');
      else if (row.expected !== undefined) answers.set(row.index, stale(row, from, `"${row.expected}" was expected`));
      else if (doubted.has(row.index))
        answers.set(row.index, stale(row, from, 'it was changed while an answer was lost'));
      else if ((tries.get(row.index) ?? 0) >= mostTries)
        answers.set(row.index, stale(row, from, `it changed ${mostTries} times meanwhile`));
      else swaps.push(swap);
    }
    return swaps;
  }

  /** What the shop has of these rows now. What cannot be set at all is answered. */
  async function look(rows: readonly StockRow[], options: WriteOptions, answers: Map<number, Answer>): Promise<Swap[]> {
    const { lane, signal } = options;
    const [first] = rows;
    if (!first) return [];
    const skus = rows.map(({ sku }) => sku);
    const found = await items.find(skus, first.location, { operation, lane, signal });
    const swaps: Swap[] = [];
    for (const row of rows) {
      const item = found.get(row.sku);
      const refused = unfit(row, item);
      if (refused) {
        answers.set(row.index, refused);
      } else if (typeof item === 'object') {
        const from = item.available ?? (await stocked(row, item, options));
        if (typeof from === 'number') swaps.push({ row, itemId: item.id, from });
        else answers.set(row.index, from);
      }
    }
    return swaps;
  }

  function unfit(row: StockRow, item: StockedItem | 'several' | undefined): CommerceError | undefined {
    if (item === undefined) return refusal.unknown(row.sku);
    if (item === 'several') return refusal.several(row.sku);
    if (item.tracked) return undefined;
    const next = 'Switch on inventory tracking for it in Shopify, then replay.';
    return refusal.of('record.rejected', row.sku, 'the shop does not count it and sells any number', next);
  }

  /** What an item has that is not stocked at the location: nothing, and a wish for nothing needs no stocking. */
  async function stocked(row: StockRow, item: StockedItem, options: WriteOptions): Promise<number | Answer> {
    if (row.available === 0) return 0;
    if (row.expected !== undefined && row.expected !== 0) return stale(row, 0, `"${row.expected}" was expected`);
    return orError(activate(row.sku, item.id, row.location, `${options.idempotencyKey}/${clock.now()}`, options));
  }

  async function send(
    swaps: readonly Swap[],
    round: number,
    options: WriteOptions,
    doubted: Set<number>,
  ): Promise<UserErrors> {
    const { idempotencyKey, lane, signal } = options;
    const quantities = swaps.map(({ row, itemId, from }) => ({
      inventoryItemId: itemId,
      locationId: row.location,
      quantity: row.available,
      changeFromQuantity: from,
    }));
    const key = await stableUuid(JSON.stringify([operation, idempotencyKey, round, quantities]));
    const variables = { input: { name: 'available', reason: 'correction', quantities }, key };
    for (const waitMs of [...waitsMs, undefined]) {
      const { inventorySetQuantities: payload } = await client.run(inventorySetQuantities, {
        operation,
        // The key is honoured for 24 hours, and afterwards the swap finds another number.
        safety: 'repeatable',
        lane,
        signal,
        variables,
        beforeRepeat: async () => {
          for (const { row } of swaps) doubted.add(row.index);
        },
      });
      const isUnderWay = payload.userErrors.some(({ code }) => code === 'IDEMPOTENCY_CONCURRENT_REQUEST');
      if (!isUnderWay) return payload.userErrors;
      // An abort ends the wait early, and then the next call.
      if (waitMs !== undefined) await clock.sleep(waitMs, signal).catch(() => undefined);
    }
    throw new CommerceError({
      code: 'write.in-flight',
      system,
      operation,
      message: `${swaps.length} stock levels may not be set in "${system}": it says that it is still at work on the same request. Replay later: a repeat changes nothing more.`,
    });
  }

  function stale({ sku, available }: StockRow, shown: number, why: string): CommerceError {
    return refusal.of(
      'stock.stale',
      sku,
      `it shows "${shown}" and ${why}`,
      `Reckon again what it may offer instead of "${available}".`,
    );
  }

  function restless({ sku }: StockRow): CommerceError {
    const seen = `its call was refused ${mostRounds} times because of others`;
    return refusal.of('platform.conflict', sku, seen, 'Try again with fewer updates.');
  }
}
