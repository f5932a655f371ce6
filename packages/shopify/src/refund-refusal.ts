import { CommerceError, type ErrorCode, type ReadOptions, type Ref } from '@crossdock/core';

/** What a refusal has to name. */
export interface Refunding {
  readonly system: string;
  readonly order: Ref<'order'>;
  readonly what: string;
}
export interface RefundCall extends ReadOptions {
  readonly operation: string;
}

/** An error about a refund that was not given. */
export function refusal(
  { system, order, what }: Refunding,
  code: ErrorCode,
  seen: string,
  next: string,
  cause?: unknown,
): CommerceError {
  return new CommerceError({
    code,
    system,
    operation: 'refunds.create',
    refs: [order],
    message: `${what}: ${seen}. ${next}`,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** No order has this id. */
export function missing(about: Refunding): CommerceError {
  return refusal(about, 'record.missing', 'there is no such order', 'Check the link to it.');
}
