import { refusal, type Creating } from './order-draft-refusal.ts';
import type { FoundOrder } from './order-find.ts';
import type { OrderMark } from './order-mark.ts';

/** The order that counts for a draft, and others of the same source that are in force beside it. */
export interface Claim {
  readonly order: FoundOrder;
  readonly doubles: readonly FoundOrder[];
}

/**
 * Which of the orders of a source is the one of this call, if any is. Of several the oldest in force counts: whoever asks
 * at the same moment says the same. What somebody canceled or deleted keeps its key, and lets another key make the next
 * one. Throws `key.reused` for another content under the key, `record.duplicate` for one that another key made.
 */
export function claimOf(about: Creating, found: readonly FoundOrder[], mark: OrderMark): Claim | undefined {
  const ours = found.filter((order) => order.mark?.key === mark.key);
  const edited = ours.find((order) => order.mark?.content !== mark.content);
  if (edited) {
    const next = isUntouched(edited)
      ? `Delete order "${edited.id}" there, which is pending still, and replay; or take another key.`
      : 'Take a key of its own for each order and each change of it.';
    throw refusal(about, 'key.reused', `its key made order "${edited.id}" there, of another content`, next, {
      orders: [edited.id],
    });
  }
  const standing = found.filter(({ status }) => !over.has(status));
  const same = standing.filter((order) => order.mark?.content === mark.content);
  const order = [...same, ...ours][0];
  if (order) return { order, doubles: standing.filter(({ id }) => id !== order.id) };
  const [other] = standing;
  if (!other) return undefined;
  const next = 'Decide which one counts: link it, or cancel it there and replay.';
  throw refusal(about, 'record.duplicate', `order "${other.id}" there has the same source and another content`, next, {
    orders: [other.id],
  });
}

/** Whether an order of ours waits for its confirmation. One that was set back to `pending` later had it. */
export function isUntouched({ status, mark }: FoundOrder): boolean {
  return status === 'pending' && mark !== undefined && mark.confirmed !== true;
}

const over: ReadonlySet<string> = new Set(['cancelled', 'trash']);
