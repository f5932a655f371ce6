import type { Clock } from '@crossdock/core';
import type { TokenSource } from './token-provider.ts';

/** A token and the moment of its end, in milliseconds since 1970. */
export interface EndingToken {
  readonly token: string;
  readonly endsAt: number;
}

/** A token is asked for again this long before its end, so that no call is on its way when it ends. */
export const marginMs = 5 * 60_000;

/**
 * Keeps a token for as long as it is good. Calls that need one at the same time wait for one request. `ask` hears which
 * token was refused last, so that it does not give that one again.
 */
export function heldToken(clock: Clock, ask: (refused: string | undefined) => Promise<EndingToken>): TokenSource {
  let held: EndingToken | undefined;
  let refused: string | undefined;
  let asking: Promise<string> | undefined;

  async function askAndHold(): Promise<string> {
    held = await ask(refused);
    return held.token;
  }

  return {
    isRenewed: true,
    renew() {
      refused = held?.token ?? refused;
      held = undefined;
    },
    current() {
      if (held && clock.now() < held.endsAt - marginMs) return Promise.resolve(held.token);
      asking ??= askAndHold().finally(() => {
        asking = undefined;
      });
      return asking;
    },
  };
}
