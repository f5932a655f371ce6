import { CommerceError, parseOptions, systemClock, type ReadOptions, type Ref } from '@crossdock/core';
import * as z from 'zod';
import { batchSize } from './batch-size.ts';
import type { Connection } from './connection.ts';
import { connectionOf } from './connector.ts';
import { importBatch } from './import-batch.ts';
import { isStandstill } from './import-blame.ts';
import type { OrderImport, Passage } from './import-passage.ts';
import type { OdooOptions } from './options.ts';
import { sourceOf } from './order-claim.ts';

/** What `odooImport()` takes: the options of the connector, and how big a batch is. */
export interface OdooImportOptions extends OdooOptions {
  /** Orders in the first batch. Default 25: from there on a call's own cost hardly counts. */
  readonly firstBatch?: number | undefined;
  /** Orders in a batch at most. Default 100: above it nothing is won. */
  readonly largestBatch?: number | undefined;
  /** How long a batch should take, in milliseconds. Default 20 000, far below Odoo's limit of two minutes for a call. */
  readonly batchMs?: number | undefined;
  /**
   * The id of the server action that "npx @crossdock/odoo action install" made: a batch is then one call and one
   * transaction, and only what the action leaves takes the calls of a batch without it. Default: none.
   */
  readonly serverAction?: number | undefined;
}

/** What became of one order of an import. */
export type ImportOutcome =
  | { readonly item: OrderImport; readonly ok: true; readonly order: Ref<'order'>; readonly customer: Ref<'customer'> }
  | { readonly item: OrderImport; readonly ok: false; readonly error: CommerceError };

/** Imports many orders at once. */
export interface OdooImport {
  /**
   * Makes and confirms the orders and answers for each, in the order given. An order is made once however often, by
   * whichever process and by whichever way (`orders.create` among them) it is imported; one that is refused stops no
   * other. After a broken run the same list goes on where it was left. Orders of one customer draft share the customer:
   * who has its account number or e-mail address, else a new one. An order whose answer was lost for good is
   * `write.uncertain`, and the same list again finds out.
   */
  orders(items: readonly OrderImport[], options?: ReadOptions): Promise<readonly ImportOutcome[]>;
}

// Below 25 a call's own cost shows, above 100 nothing is won. Measured on Odoo 19.0, 2026-11-23.
const schema = z.looseObject({
  firstBatch: z.int().min(1).max(500).default(25),
  largestBatch: z.int().min(1).max(500).default(100),
  batchMs: z.int().min(1000).max(600_000).default(20_000),
  serverAction: z.int().positive().optional(),
});
const wants = {
  options: 'an object. Pass what odoo() takes',
  firstBatch: 'a whole number from 1 to 500. Leave it out or pass one such as 25',
  largestBatch: 'a whole number from 1 to 500. Leave it out or pass one such as 100',
  batchMs: 'whole milliseconds from 1 000 to 600 000. Leave it out or pass one such as 20000',
  serverAction: 'the id of a server action. Pass the one that "npx @crossdock/odoo action install" prints',
};

/**
 * Imports orders into an Odoo in batches, each with a number of calls that does not grow with it, where `orders.create`
 * needs several for each order. Throws `options.invalid` for options that cannot work.
 */
export function odooImport(options: OdooImportOptions): OdooImport {
  const { firstBatch, largestBatch, batchMs, serverAction, ...rest } = options;
  const sizes = parseOptions(schema, { firstBatch, largestBatch, batchMs, serverAction }, 'odooImport', { wants });
  const { connection } = connectionOf(rest);
  const clock = options.clock ?? systemClock;
  return {
    async orders(items, readOptions) {
      const size = batchSize({ first: sizes.firstBatch, most: sizes.largestBatch, targetMs: sizes.batchMs });
      const outcomes = new Map<number, ImportOutcome>();
      let waiting: readonly Place[] = [...items.entries()];
      while (waiting.length > 0) {
        const { batch, later } = nextBatch(waiting, size.next());
        const began = clock.now();
        const ended = await importKeyed(connection, sizes.serverAction, batch, readOptions);
        if (ended.some(({ error }) => error && isStandstill(error))) size.failed();
        else size.took(batch.length, clock.now() - began);
        for (const [place, [index]] of batch.entries()) {
          const passage = ended[place];
          if (passage) outcomes.set(index, outcomeOf(connection, passage));
        }
        waiting = later;
      }
      return [...outcomes].toSorted(([one], [other]) => one - other).map(([, outcome]) => outcome);
    },
  };
}

type Place = readonly [number, OrderImport];

/** Two orders of one source or key never share a batch: the second has to find what the first one made. */
function nextBatch(waiting: readonly Place[], size: number) {
  const batch: Place[] = [];
  const later: Place[] = [];
  const taken = new Set<string>();
  for (const place of waiting) {
    const [, { draft, idempotencyKey }] = place;
    const names = [`source ${sourceOf(draft)}`, `key ${idempotencyKey}`];
    if (batch.length >= size || names.some((name) => taken.has(name))) {
      later.push(place);
      continue;
    }
    for (const name of names) taken.add(name);
    batch.push(place);
  }
  return { batch, later };
}

/** A batch, without those whose key is none. */
async function importKeyed(
  connection: Connection,
  action: number | undefined,
  batch: readonly Place[],
  options: ReadOptions | undefined,
) {
  const items = batch.map(([, item]) => item);
  const bad = items.map((item) => keyRefusal(connection, item));
  const good = items.filter((_item, index) => bad[index] === undefined);
  // Each write carries its own order's key; the batch itself has none.
  const passages = await importBatch(connection, action, good, { ...options, idempotencyKey: 'import' });
  const byItem = new Map(passages.map((passage) => [passage.item, passage]));
  return items.map((item, index) => {
    const refusal = bad[index];
    // One that a step lost is in doubt, and takes nobody else's place.
    return refusal ? failed(item, refusal) : (byItem.get(item) ?? { item, externalId: '', lines: [] });
  });
}

function failed(item: OrderImport, error: CommerceError): Passage {
  return { item, externalId: '', lines: [], error };
}

function keyRefusal({ settings }: Connection, { draft, idempotencyKey }: OrderImport): CommerceError | undefined {
  if (idempotencyKey.trim() !== '' && idempotencyKey.length <= 200) return undefined;
  return new CommerceError({
    code: 'options.invalid',
    message: `Order "${draft.number}" was not imported into "${settings.name}": its idempotencyKey is no text of 1 to 200 characters. Pass one of its own for each order.`,
    system: settings.name,
    operation: 'orders.create',
  });
}

function outcomeOf({ settings }: Connection, { item, done, draft, error }: Passage): ImportOutcome {
  if (done && draft) return { item, ok: true, order: done, customer: draft.customer };
  if (error) return { item, ok: false, error };
  const lost = new CommerceError({
    code: 'write.uncertain',
    message: `Order "${item.draft.number}" was imported into "${settings.name}" without an outcome; it may be there. Import the same list again.`,
    system: settings.name,
    operation: 'orders.create',
    refs: [item.draft.source],
  });
  return { item, ok: false, error: lost };
}
