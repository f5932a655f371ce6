import { fingerprint, refSchema, type Ref, type RefundDraft } from '@crossdock/core';
import * as z from 'zod';
import type { WireRefund } from './wire/order.ts';

/** What tells a refund that was made here from any other: in its reason, which is written with it, and in a meta. */
export interface RefundMark {
  /** Of order and number: what the reason ends in. */
  readonly reference: string;
  readonly key: string;
  readonly content: string;
}

const refundMarkKey = '_crossdock_refund';

const markSchema = z.object({
  reference: z.string(),
  key: z.string(),
  content: z.string(),
  restocked: z.boolean(),
  return: refSchema('return').optional().catch(undefined),
});
/** A mark as it stands on a refund. */
export type StandingRefundMark = z.infer<typeof markSchema>;

export async function refundMark(draft: RefundDraft, idempotencyKey: string): Promise<RefundMark> {
  const { number, order } = draft;
  const [reference, key, content] = await Promise.all([
    fingerprint({ order: order.id, number }),
    fingerprint(idempotencyKey),
    fingerprint(draft),
  ]);
  return { reference: reference.slice(0, 16), key: key.slice(0, 16), content: content.slice(0, 16) };
}

/** The meta as it is written. WooCommerce does not keep whether goods went back, so we do. */
export function refundMarkMeta(mark: RefundMark, restocked: boolean, of: Ref<'return'> | undefined): object {
  return { key: refundMarkKey, value: { ...mark, restocked, ...(of && { return: of }) } };
}

/** What people wrote, and behind it what the refund is found by. */
export function reasonOf({ note, number }: RefundDraft, { reference }: RefundMark): string {
  return `${note ?? `Refund ${number}`} (ref. ${reference})`;
}

/** A reason as people wrote it. */
export function noteOf(reason: string): string | undefined {
  const note = reason.replace(/\s*\(ref\. [0-9a-f]{16}\)$/, '').trim();
  return note === '' ? undefined : note;
}

/** Whether a refund's reason ends in this reference. */
export function hasReference({ reason }: Pick<WireRefund, 'reason'>, { reference }: RefundMark): boolean {
  return reason.trimEnd().endsWith(`(ref. ${reference})`);
}

/** The mark on a refund, where it has one that can be read. */
export function standingRefundMark({ meta_data }: Pick<WireRefund, 'meta_data'>): StandingRefundMark | undefined {
  for (const { key, value } of meta_data) {
    const mark = key === refundMarkKey ? markSchema.safeParse(valueOf(value)).data : undefined;
    if (mark) return mark;
  }
  return undefined;
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
