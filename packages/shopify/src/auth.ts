import { CommerceError } from '@crossdock/core';
import type { AccessToken, ClientCredentials } from './options.ts';
import { heldToken } from './token-held.ts';
import type { TokenRuntime, TokenSource } from './token-provider.ts';
import { tokenSchema } from './wire/token.ts';

/** The source of a connector's tokens, whatever they come from. */
export function tokenSource(token: AccessToken, runtime: TokenRuntime): TokenSource {
  if (typeof token === 'string') return { current: async () => token, renew: () => undefined, isRenewed: false };
  if (typeof token === 'function') {
    return { current: () => given(token, runtime.system), renew: () => undefined, isRenewed: true };
  }
  return 'open' in token ? token.open(runtime) : clientCredentials(token, runtime);
}

/** No refresh token here: before the end of one token another one is asked for. */
function clientCredentials(
  { clientId, clientSecret }: ClientCredentials,
  { system, office, clock }: TokenRuntime,
): TokenSource {
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  return heldToken({ system, clock }, async () => {
    const wire = await office.grant('client-credentials', form, tokenSchema);
    return { token: wire.access_token, endsAt: clock.now() + wire.expires_in * 1000 };
  });
}

async function given(source: () => Promise<string>, system: string): Promise<string> {
  const token = await source();
  if (token.trim() !== '') return token;
  throw new CommerceError({
    code: 'auth.rejected',
    system,
    message: `"${system}" was not called: the token source gave a blank token. Check the function passed as accessToken.`,
  });
}
