import { CommerceError, momentSchema, type Json, type ReadOptions, type Ref } from '@crossdock/core';
import * as z from 'zod';
import { jsonOf } from './json-text.ts';
import type { ShopifyClient } from './client.ts';
import { orderWrites, orderWritesSet } from './documents/order-writes.ts';
import { raiseUserErrors } from './errors.ts';

/** A write that somebody is at, or was. */
const openSchema = z.object({
  attempt: z.string(),
  /** How long after it was noted somebody else may be sure that nothing of it is under way. A length, so that no clocks are compared. */
  leaseMs: z.number().nonnegative(),
  /** What is needed to find out what became of it. */
  trace: z.json().transform((trace): Json => trace),
  /** Who waits for it: that it stood there at this moment of Shopify's clock, and a look that is unlike any other. */
  seen: z.object({ since: momentSchema, look: z.string() }).optional(),
});
/** One write of ours: under which key, of what content, and how it ended. Neither open nor with a result, nobody can tell. */
const entrySchema = z.object({
  operation: z.string(),
  /** Of what one write is open at a time: an authorization, a return. */
  subject: z.string(),
  key: z.string(),
  content: z.string(),
  open: openSchema.optional(),
  result: z.string().optional(),
});
export type LedgerEntry = Readonly<z.infer<typeof entrySchema>>;
export type OpenWrite = Readonly<z.infer<typeof openSchema>>;
const ledgerSchema = z.object({ writes: z.array(entrySchema) });

/** What stands on an order, and what tells whether it was changed since. */
export interface Ledger {
  readonly entries: readonly LedgerEntry[];
  readonly digest: string | null;
  /** When it was changed last, by Shopify's clock. */
  readonly changedAt: string | null;
}

export interface LedgerPlace extends ReadOptions {
  readonly client: ShopifyClient;
  readonly system: string;
  readonly operation: string;
  readonly order: Ref<'order'>;
}

const metafieldKey = 'crossdock_writes';
/** A metafield of type `json` holds 128 KB. shopify.dev, metafield limits, read 2026-11-26. */
const mostBytes = 100_000;

/** What this connector wrote on an order; `undefined` where there is no such order. */
export async function readLedger(place: LedgerPlace): Promise<Ledger | undefined> {
  const { client, operation, order, lane, signal } = place;
  const variables = { id: order.id, key: metafieldKey };
  const answer = await client.run(orderWrites, { operation, safety: 'read', lane, signal, variables });
  if (!answer.order) return undefined;
  const { metafield } = answer.order;
  if (!metafield) return { entries: [], digest: null, changedAt: null };
  const parsed = ledgerSchema.safeParse(jsonOf(metafield.value));
  const { compareDigest: digest, updatedAt: changedAt } = metafield;
  if (parsed.success) return { entries: parsed.data.writes, digest, changedAt };
  throw notNoted(
    place,
    'record.invalid',
    `the app's metafield "${metafieldKey}" there is not as this connector wrote it. See who changed it; delete it once nothing of the order is in doubt`,
  );
}

/** Writes it, and gives it as it stands then; `undefined` where somebody changed it meanwhile. */
export async function writeLedger(
  place: LedgerPlace,
  { entries, digest }: Pick<Ledger, 'entries' | 'digest'>,
): Promise<Ledger | undefined> {
  const { client, system, operation, order, lane, signal } = place;
  const kept = fitting(place, entries);
  const metafield = { ownerId: order.id, key: metafieldKey, type: 'json', value: textOf(kept), compareDigest: digest };
  const { metafieldsSet: payload } = await client.run(orderWritesSet, {
    operation,
    // Compared with what was read, so that it is written once; whose it is, its reader sees.
    safety: 'repeatable',
    lane,
    signal,
    variables: { metafields: [metafield] },
  });
  if (payload.userErrors.some(({ code }) => code === 'STALE_OBJECT' || code === 'INVALID_COMPARE_DIGEST')) {
    return undefined;
  }
  raiseUserErrors(payload.userErrors, {
    what: `\`${operation}\` was not carried out on order "${order.id}" of "${system}", because its key could not be noted there`,
    system,
    operation,
    refs: [order],
  });
  const [written] = payload.metafields ?? [];
  if (written) return { entries: kept, digest: written.compareDigest, changedAt: written.updatedAt };
  throw notNoted(place, 'response.unexpected', 'Shopify answered neither what was noted nor an error. Repeat it');
}

/** Of more than fit, the oldest that have a result go. What is open, and what nobody can tell, stays. */
function fitting(place: LedgerPlace, entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
  const sizes = new Map(entries.map((entry) => [entry, bytesOf(JSON.stringify(entry)) + 1]));
  let surplus = bytesOf(textOf(entries)) - mostBytes;
  const kept = entries.filter((entry) => {
    if (surplus <= 0 || entry.result === undefined) return true;
    surplus -= sizes.get(entry) ?? 0;
    return false;
  });
  if (surplus <= 0) return kept;
  throw notNoted(
    place,
    'record.rejected',
    `it has more lines than its key can be noted with, or too many writes of the order are in doubt. Split it, or resolve those first`,
  );
}

function textOf(writes: readonly LedgerEntry[]): string {
  return JSON.stringify({ writes });
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

function notNoted(
  { system, operation, order }: LedgerPlace,
  code: 'record.invalid' | 'record.rejected' | 'response.unexpected',
  seen: string,
): CommerceError {
  const message = `\`${operation}\` was not carried out on order "${order.id}" of "${system}": ${seen}.`;
  return new CommerceError({ code, system, operation, refs: [order], message });
}
