import { CommerceError, type Clock } from '@crossdock/core';
import type { TokenSource } from './token-provider.ts';

/** A token and the moment of its end, in milliseconds since 1970. */
export interface EndingToken {
  readonly token: string;
  readonly endsAt: number;
}

/** A token is asked for again this long before its end, so that no call is on its way when it ends. */
export const marginMs = 5 * 60_000;

/**
 * Nobody's request for a token is waited for longer: the next call begins another one. Above the turn of a process that
 * died together with three attempts of ours.
 */
const mostMs = 90_000;

/**
 * Keeps a token for as long as it is good. Calls that need one at the same time wait for one request. `ask` hears which
 * token was refused last, so that it does not give that one again.
 */
export function heldToken(
  { system, clock }: { readonly system: string; readonly clock: Pick<Clock, 'now' | 'deadline'> },
  ask: (refused: string | undefined) => Promise<EndingToken>,
): TokenSource {
  let held: { readonly token: string; readonly goodUntil: number } | undefined;
  let refused: string | undefined;
  let asking: Promise<string> | undefined;

  async function askAndHold(isWanted: () => boolean): Promise<string> {
    const { token, endsAt } = await ask(refused);
    const now = clock.now();
    // One that lives for less than the margin is kept for half its life, and not asked for before every call.
    if (isWanted()) held = { token, goodUntil: endsAt - Math.min(marginMs, Math.max(0, endsAt - now) / 2) };
    return token;
  }

  return {
    isRenewed: true,
    renew() {
      refused = held?.token ?? refused;
      held = undefined;
    },
    current() {
      if (held && clock.now() < held.goodUntil) return Promise.resolve(held.token);
      if (asking) return asking;
      let isOver = false;
      const dropped = inTime(
        clock,
        mostMs,
        () => askAndHold(() => !isOver),
        () =>
          new CommerceError({
            code: 'network.unreachable',
            system,
            message: `"${system}" was not asked: its access token did not come within ${mostMs / 1000} seconds. Nothing was changed. Look at where its tokens come from, then try again.`,
          }),
      ).finally(() => {
        isOver = true;
        asking = undefined;
      });
      asking = dropped;
      return dropped;
    },
  };
}

/** What work gives, or an error of its own once it takes too long; the work itself cannot be stopped. */
export async function inTime<T>(
  clock: Pick<Clock, 'deadline'>,
  ms: number,
  work: () => Promise<T>,
  tooLate: () => Error,
): Promise<T> {
  const deadline = clock.deadline(ms);
  const late = new Promise<never>((_, reject) => {
    deadline.signal.addEventListener('abort', () => reject(tooLate()), { once: true });
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    deadline.clear();
  }
}
