import type { ErrorCode } from '@crossdock/core';
import type { UserErrors } from './wire/user-error.ts';

/** What user errors say of a key that was sent with `@idempotent`. */
export interface KeyTrouble {
  readonly kind: 'in-progress' | 'other-content' | 'failed-before';
  readonly code: ErrorCode;
  readonly next: string;
}

/**
 * Whether a call was refused for its key alone. Payloads with errors of their own type say a code; those of `refundCreate`
 * and `inventoryActivate` say it in words only. Admin API 2026-07, recorded on 2026-04.
 */
export function keyTrouble(errors: UserErrors): KeyTrouble | undefined {
  return troubles.find(({ word, said }) =>
    errors.some(({ code, message }) => code === word || (code == null && said.test(message))),
  );
}

const troubles: readonly (KeyTrouble & { readonly word: string; readonly said: RegExp })[] = [
  {
    kind: 'other-content',
    word: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH',
    said: /idempotency key cannot be used with different/i,
    code: 'key.reused',
    next: 'The key belongs to another change: give this one a key of its own.',
  },
  {
    kind: 'in-progress',
    word: 'IDEMPOTENCY_CONCURRENT_REQUEST',
    said: /request is currently in progress/i,
    code: 'write.in-flight',
    next: 'It still works on the same request. Replay later with the same key: a repeat changes nothing more.',
  },
  {
    kind: 'failed-before',
    word: 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED',
    said: /previous attempt.*failed/i,
    code: 'record.rejected',
    next: 'An earlier attempt under this key was refused: look at the record, then decide anew under another key.',
  },
];
