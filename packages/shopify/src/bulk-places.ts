import { CommerceError, type Clock } from '@crossdock/core';
import { waitFor, type Waiting } from './bulk-wait.ts';
import { tidy } from './errors.ts';
import type { UserErrors } from './wire/user-error.ts';

/** Waits for one of the five places that an app has at a shop. shopify.dev, bulk operations, API 2026-01. */
const placeWaitsMs = [5000, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000];

/** Begins until there is a place. `undefined` says that there was none. */
export async function withPlace<T>(
  begin: () => Promise<T | undefined>,
  { system, clock }: { readonly system: string; readonly clock: Clock },
  call: Waiting,
): Promise<T> {
  for (const waitMs of placeWaitsMs) {
    const begun = await begin();
    if (begun !== undefined) return begun;
    await waitFor(clock, waitMs, system, call);
  }
  throw new CommerceError({
    code: 'platform.throttled',
    system,
    operation: call.operation,
    message: `"${system}" did not start a bulk operation for \`${call.operation}\`: as many as it lets run at once run already. Try again when one has ended.`,
  });
}

/** Throws what Shopify refuses for another reason than that there is no place. */
export function raiseRefusal(errors: UserErrors, system: string, { operation }: Waiting): void {
  const refused = errors.find(({ code }) => code !== 'OPERATION_IN_PROGRESS' && code !== 'LIMIT_REACHED');
  if (!refused) return;
  throw new CommerceError({
    code: 'request.rejected',
    system,
    operation,
    message: `"${system}" did not start a bulk operation for \`${operation}\`: it said "${tidy(refused.message)}". Correct what was sent.`,
  });
}
