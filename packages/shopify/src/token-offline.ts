import { CommerceError, isCommerceError } from '@crossdock/core';
import { heldToken, inTime, marginMs, type EndingToken } from './token-held.ts';
import { quietProvider, type TokenProvider, type TokenRuntime } from './token-provider.ts';
import { oneAtATime } from './token-turn.ts';
import { offlineTokenSchema, type WireOfflineToken } from './wire/token.ts';

/** What an app with expiring tokens has of a shop. Whoever has it acts for the shop: encrypt it where it is kept. */
export interface TokenPair {
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly refreshToken: string;
  readonly refreshTokenExpiresAt: string;
}

/** Where the pair of one shop is kept: a row of your database. */
export interface TokenStore {
  /** `undefined`: the app is not installed in this shop. */
  read(): Promise<TokenPair | undefined>;
  /**
   * Stores `next` only where `expected.refreshToken` is still the stored one, and is durable before it answers. `false`:
   * another process was faster. Without the comparison two processes burn each other's refresh tokens.
   */
  write(expected: TokenPair, next: TokenPair): Promise<boolean>;
}

/** An app whose offline tokens end after an hour. */
export interface OfflineTokenOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly store: TokenStore;
}

/**
 * Offline tokens that end and are renewed by a refresh token that is another one after every use, as public apps have to
 * have since 2026-04-01. The first pair comes from `shopifyApp`.
 *
 * A new pair is stored before its token is used, and until then Shopify still takes the old refresh token: a lost answer
 * or a crash at any point loses no installation. Within a process there is one refresh at a time; give all processes the
 * same `shared`, and that holds over all of them. A refresh token that is refused is `auth.rejected`: install anew.
 */
export function offlineToken(options: OfflineTokenOptions): TokenProvider {
  const { clientSecret } = options;
  return quietProvider({ clientSecret, open: (runtime) => heldToken(runtime, refresher(options, runtime)) });
}

/** The pair that an answer brings, counted from now. */
export function pairOf(wire: WireOfflineToken, now: number): TokenPair {
  const after = (seconds: number) => new Date(now + seconds * 1000).toISOString();
  return {
    accessToken: wire.access_token,
    expiresAt: after(wire.expires_in),
    refreshToken: wire.refresh_token,
    refreshTokenExpiresAt: after(wire.refresh_token_expires_in),
  };
}

/** Longest wait for the store: a row that is locked must not hold up all calls, nor the turn of a refresh. */
const storeMs = 10_000;

function refresher(
  { clientId, clientSecret, store }: OfflineTokenOptions,
  { system, shop, office, clock, shared }: TokenRuntime,
): (refused: string | undefined) => Promise<EndingToken> {
  const turn = oneAtATime(shared, clock, `${system}/${shop}/token`);

  return async (refused) => {
    const found = await fromStore(() => store.read());
    if (!found) throw notInstalled();
    // A good one is used at once, whoever refreshes or died over it.
    if (isGood(found, refused)) return ending(found);
    return turn(async () => {
      const stored = await fromStore(() => store.read());
      if (!stored) throw notInstalled();
      // Another process refreshed it.
      if (isGood(stored, refused)) return ending(stored);
      const fresh = await refreshed(stored).catch(async (error: unknown) => {
        const later = isCommerceError(error, 'auth.rejected') ? await fromStore(() => store.read()) : undefined;
        if (later && later.refreshToken !== stored.refreshToken && isGood(later, refused)) return later;
        throw error;
      });
      if (fresh.refreshToken === stored.refreshToken) return ending(fresh);
      // Stored before it is used: the first use of the new token ends the old refresh token.
      if (await fromStore(() => store.write(stored, fresh))) return ending(fresh);
      const winner = await fromStore(() => store.read());
      if (winner && isGood(winner, refused)) return ending(winner);
      throw changed();
    });
  };

  function isGood({ accessToken, expiresAt }: TokenPair, refused: string | undefined): boolean {
    return accessToken !== refused && clock.now() < Date.parse(expiresAt) - marginMs;
  }

  async function refreshed({ refreshToken }: TokenPair): Promise<TokenPair> {
    const form = {
      grant_type: 'refresh_token',
      client_id: clientId,
      client_secret: clientSecret,
      refresh_token: refreshToken,
    };
    return pairOf(await office.grant('refresh-token', form, offlineTokenSchema), clock.now());
  }

  /** What a store throws may quote what it was to store, so only its name is said. */
  async function fromStore<T>(ask: () => Promise<T>): Promise<T> {
    const silent = down(`did not answer within ${storeMs / 1000} seconds`);
    try {
      return await inTime(clock, storeMs, ask, () => silent);
    } catch (error) {
      if (error === silent) throw error;
      throw down(`ended with "${error instanceof Error ? error.name : typeof error}"`);
    }
  }

  function down(seen: string): CommerceError {
    return new CommerceError({
      code: 'network.unreachable',
      system,
      message: `"${system}" was not asked: the token store ${seen}. Nothing was changed, and the installation is not lost. Look at the store, then try again.`,
    });
  }

  function notInstalled(): CommerceError {
    return new CommerceError({
      code: 'auth.rejected',
      system,
      message: `"${system}" was not asked: the token store has no pair for this shop. Install the app there and store the pair that comes.`,
    });
  }

  function changed(): CommerceError {
    return new CommerceError({
      code: 'platform.conflict',
      system,
      message: `"${system}" was not asked: another process changed the stored pair meanwhile, and its token is no good either. Try again.`,
    });
  }
}

function ending({ accessToken, expiresAt }: TokenPair): EndingToken {
  return { token: accessToken, endsAt: Date.parse(expiresAt) };
}
