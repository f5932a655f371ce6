import type {
  CancelOutcome,
  Page,
  PurchaseDraft,
  PurchaseOrder,
  ReadOptions,
  Ref,
  Since,
  WriteOptions,
} from '@crossdock/core';
import { changesSince } from './changes.ts';
import { knownId, type Connection } from './connection.ts';
import { cursorOf, positionOf, reading, startOf } from './cursor.ts';
import { seenThrough } from './half-done.ts';
import { cancelPurchase } from './purchase-cancel.ts';
import { createPurchase } from './purchase-create.ts';
import { readPurchases } from './purchase-record.ts';
import { ownProblem } from './unreadable.ts';
import { purchaseRow } from './wire/purchase.ts';

/** Purchases changed per page. */
export const purchasesPerPage = 100;
const source = 'purchase';
const operation = 'purchases.pull';

/** What was ordered from suppliers. */
export function purchasesPort(connection: Connection) {
  return {
    create: (draft: PurchaseDraft, options: WriteOptions): Promise<Ref<'purchase'>> =>
      seenThrough(connection, { operation: 'purchases.create', refs: [] }, (watched) =>
        createPurchase(watched, draft, options),
      ),
    cancel: (ref: Ref<'purchase'>, options: WriteOptions): Promise<CancelOutcome> =>
      seenThrough(connection, { operation: 'purchases.cancel', refs: [ref] }, (watched) =>
        cancelPurchase(watched, ref, options),
      ),

    async get(ref: Ref<'purchase'>, options?: ReadOptions): Promise<PurchaseOrder | undefined> {
      const id = knownId(connection, ref);
      if (id === undefined) return undefined;
      const found = await connection.client.read('purchase.order', [id], purchaseRow, options);
      const { items, problems } = await readPurchases(connection, found, 'purchases.get', options);
      if (problems[0]) throw problems[0].error;
      return items[0];
    },

    async *pull(since: Since, options?: ReadOptions): AsyncGenerator<Page<PurchaseOrder>> {
      const { client, settings } = connection;
      let marks = positionOf(since, [source], connection)?.marks ?? {};
      const watched = { model: 'purchase.order', domain: [], row: purchaseRow };
      const from = startOf(marks, source, settings.overlapSeconds);
      const passed = reading(marks, source, connection);
      for await (const page of changesSince(client, watched, from, purchasesPerPage, options)) {
        marks = passed(page.newest, page.finished);
        const { items, problems } = await readPurchases(connection, page.rows, operation, options);
        const about = { model: watched.model, operation };
        for (const bad of page.unreadable) problems.push(ownProblem(connection, 'purchase', { ...about, bad }));
        yield { items, ...(problems.length === 0 ? {} : { problems }), cursor: cursorOf({ marks }) };
      }
    },
  };
}
