import { CommerceError, type ErrorCode, type Ref, type RefundDraft } from '@crossdock/core';

/** Which refund an error is about. */
export interface Refunding {
  readonly system: string;
  readonly draft: RefundDraft;
}

export const operation = 'refunds.create';

/** Why a refund was not made, or cannot stand as it is. `refunds` are those of the shop that have to do with it. */
export function refusal(
  { system, draft: { number, order } }: Refunding,
  code: ErrorCode,
  seen: string,
  next: string,
  more: { readonly refunds?: readonly number[]; readonly cause?: unknown } = {},
): CommerceError {
  const { refunds = [], ...rest } = more;
  return new CommerceError({
    code,
    system,
    operation,
    refs: [order, ...refunds.map((id): Ref<'refund'> => ({ system, kind: 'refund', id: String(id) }))],
    message: `Refund "${number}" was not booked on order "${order.id}" of "${system}": ${seen}. ${next}`,
    ...rest,
  });
}
