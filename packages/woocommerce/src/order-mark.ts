import { fingerprint, type OrderDraft } from '@crossdock/core';
import * as z from 'zod';

/**
 * What tells an order that was made here from any other. `reference` stands as the order's transaction id, which is what a
 * shop searches; the rest in a meta beside it.
 */
export interface OrderMark {
  readonly reference: string;
  readonly source: string;
  readonly key: string;
  readonly content: string;
  /** The call that sent it: only that one takes its order away again. */
  readonly call: string;
}

/** WooCommerce hides names that begin with "_" from people. */
const orderMarkKey = '_crossdock_order';
/** Where an order of ours says that it comes from, beside "checkout" and "admin". */
export const createdVia = 'crossdock';

const markSchema = z.object({
  source: z.string(),
  key: z.string(),
  content: z.string(),
  call: z.string().optional(),
  /** Stands once its status was set: an order that somebody sets back to `pending` later is not confirmed again. */
  confirmed: z.boolean().optional(),
});
/** A mark as it stands on an order. */
export type StandingMark = z.infer<typeof markSchema>;

/** Who paid how, and the channel's tags, may be other ones when the same order is sent again. */
export async function orderMark(draft: OrderDraft, idempotencyKey: string): Promise<OrderMark> {
  const { system, kind, id } = draft.source;
  const { paymentStatus: _paid, transactions: _money, tags: _tags, ...content } = draft;
  const [reference, key, told] = await Promise.all([
    fingerprint({ system, kind, id }),
    fingerprint(idempotencyKey),
    fingerprint(content),
  ]);
  return {
    // Letters and digits only: what a search asks for is cleaned of anything else, and it ignores case.
    reference: `${createdVia}-${reference.slice(0, 20)}`,
    source: `${system}:${kind}:${id}`,
    key: key.slice(0, 16),
    content: told.slice(0, 16),
    call: crypto.randomUUID(),
  };
}

/** Whether a transaction id is a source's reference. */
export function isReference(transactionId: string): boolean {
  return transactionId.startsWith(`${createdVia}-`);
}

/** The meta of a mark as it is written. */
export function markMeta({ source, key, content, call }: StandingMark, confirmed: boolean): object {
  return { key: orderMarkKey, value: { source, key, content, call, ...(confirmed && { confirmed }) } };
}

/** The mark on an order, where somebody can read it. Two writers at one moment may have left two rows of it. */
export function standingMarkOf(
  metas: readonly { readonly key: string; readonly value?: unknown }[],
): StandingMark | undefined {
  const marks = metas.flatMap(({ key, value }) => {
    const mark = key === orderMarkKey ? markSchema.safeParse(valueOf(value)).data : undefined;
    return mark ? [mark] : [];
  });
  return marks.find(({ confirmed }) => confirmed === true) ?? marks[0];
}

/** Lists and objects keep their JSON; some stores hand them out as text. */
function valueOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
