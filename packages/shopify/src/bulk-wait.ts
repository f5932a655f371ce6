import { CommerceError, type Clock, type ReadOptions } from '@crossdock/core';

/** Who waits in the middle of a bulk operation, and what may stop it. */
export interface Waiting extends ReadOptions {
  readonly operation: string;
}

/** Waits, or throws `call.aborted` when the caller stops it first. The operation goes on at Shopify and is found again. */
export async function waitFor(clock: Clock, ms: number, system: string, call: Waiting): Promise<void> {
  try {
    await clock.sleep(ms, call.signal);
  } catch {
    throw stopped(system, call);
  }
}

export function stopped(system: string, { operation }: Waiting): CommerceError {
  return new CommerceError({
    code: 'call.aborted',
    system,
    operation,
    message: `\`${operation}\` at "${system}" was stopped by its caller in the middle of a bulk operation. Call it again, from the last saved cursor where there is one: what runs at Shopify is found again.`,
  });
}
