import { CommerceError, type ErrorCode, type OrderDraft, type Ref } from '@crossdock/core';

/** Which order an error is about. */
export interface Creating {
  readonly system: string;
  readonly draft: OrderDraft;
}

export const operation = 'orders.create';

/** Why an order is not there, or not in force. `refs` are orders of the shop that have to do with it. */
export function refusal(
  { system, draft }: Creating,
  code: ErrorCode,
  seen: string,
  next: string,
  more: { readonly orders?: readonly number[]; readonly cause?: unknown; readonly retryAfterMs?: number } = {},
): CommerceError {
  const { orders = [], ...rest } = more;
  return new CommerceError({
    code,
    system,
    operation,
    refs: [draft.source, ...orders.map((id): Ref<'order'> => ({ system, kind: 'order', id: String(id) }))],
    message: `Order "${draft.number}" was not created in "${system}": ${seen}. ${next}`,
    ...rest,
  });
}
