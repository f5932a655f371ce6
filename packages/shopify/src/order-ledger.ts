import { CommerceError, type Json, type ReadOptions, type Ref } from '@crossdock/core';
import * as z from 'zod';
import type { ShopifyClient } from './client.ts';
import { orderWrites, orderWritesSet } from './documents/order-writes.ts';
import { raiseUserErrors } from './errors.ts';

/** One write of ours: under which key, of what content, what it set out from, and how it ended. */
const entrySchema = z.object({
  operation: z.string(),
  key: z.string(),
  content: z.string(),
  /** Who is at it, and since when. */
  attempt: z.string(),
  at: z.number(),
  plan: z.json().transform((plan): Json => plan),
  result: z.string().optional(),
});
export type LedgerEntry = Readonly<z.infer<typeof entrySchema>>;
const ledgerSchema = z.object({ writes: z.array(entrySchema) });

/** What stands on an order, and what tells whether it was changed since. */
export interface Ledger {
  readonly entries: readonly LedgerEntry[];
  readonly digest: string | null;
}

export interface LedgerPlace extends ReadOptions {
  readonly client: ShopifyClient;
  readonly system: string;
  readonly operation: string;
  readonly order: Ref<'order'>;
}

const metafieldKey = 'crossdock_writes';
/** A metafield of type `json` holds 128 KB from 2026-04 on; so many entries are a small part of it, and more than an order has. */
const mostEntries = 200;

/** What this connector wrote on an order; `undefined` where there is no such order. */
export async function readLedger(place: LedgerPlace): Promise<Ledger | undefined> {
  const { client, operation, order, lane, signal } = place;
  const variables = { id: order.id, key: metafieldKey };
  const answer = await client.run(orderWrites, { operation, safety: 'read', lane, signal, variables });
  if (!answer.order) return undefined;
  const { metafield } = answer.order;
  if (!metafield) return { entries: [], digest: null };
  const parsed = ledgerSchema.safeParse(jsonOf(metafield.value));
  if (parsed.success) return { entries: parsed.data.writes, digest: metafield.compareDigest };
  throw new CommerceError({
    code: 'record.invalid',
    system: place.system,
    operation,
    refs: [order],
    message: `\`${operation}\` was not carried out on order "${order.id}" of "${place.system}": the app's metafield "${metafieldKey}" there is not as this connector wrote it. See who changed it; delete it once nothing of the order is in doubt.`,
  });
}

/** Writes it, unless somebody changed it meanwhile: then `false`. */
export async function writeLedger(place: LedgerPlace, { entries, digest }: Ledger): Promise<boolean> {
  const { client, system, operation, order, lane, signal } = place;
  const value = JSON.stringify({ writes: kept(entries) });
  const metafield = { ownerId: order.id, key: metafieldKey, type: 'json', value, compareDigest: digest };
  const { metafieldsSet: payload } = await client.run(orderWritesSet, {
    operation,
    // Compared with what was read, so that it is written once; whose it is, its reader sees.
    safety: 'repeatable',
    lane,
    signal,
    variables: { metafields: [metafield] },
  });
  if (payload.userErrors.some(({ code }) => code === 'STALE_OBJECT' || code === 'INVALID_COMPARE_DIGEST')) return false;
  raiseUserErrors(payload.userErrors, {
    what: `\`${operation}\` was not carried out on order "${order.id}" of "${system}", because its key could not be noted there`,
    system,
    operation,
    refs: [order],
  });
  return true;
}

/** Of more than fit, the oldest that came to an end go. */
function kept(entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
  const surplus = entries.length - mostEntries;
  if (surplus <= 0) return entries;
  const gone = new Set(entries.filter(({ result }) => result !== undefined).slice(0, surplus));
  return entries.filter((entry) => !gone.has(entry));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
