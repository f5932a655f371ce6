import type { Front } from './front.ts';
import { idIn } from './gid.ts';
import { refused, type Shop } from './life/shop.ts';
import type { Tokens } from './oauth.ts';
import type { SessionTokens } from './session-token.ts';
import type { AppState } from './state-app.ts';

/** Makes the part of the state door that the app and its tokens are behind. */
export function appState(
  shop: Shop,
  parts: {
    readonly tokens: Tokens;
    readonly sessions: SessionTokens;
    readonly front: Front;
    readonly accessToken: string;
    readonly clientId: string;
    readonly clientSecret: string;
  },
): AppState {
  const { tokens, front } = parts;
  const { store } = shop;
  return {
    accessToken: parts.accessToken,
    clientId: parts.clientId,
    clientSecret: parts.clientSecret,
    install: () => tokens.install(),
    authorize: () => tokens.authorize(),
    sessionToken: (options) => parts.sessions.make(options),
    uninstall() {
      shop.tell([{ topic: 'app/uninstalled' }]);
      tokens.uninstall();
      for (const { id, by } of store.subscriptions.values()) if (by === 'api') store.subscriptions.delete(id);
    },
    refuseGrants: (error) => tokens.refuse(error),
    expireTokens: () => tokens.expire(),
    revokeToken: (token) => tokens.revoke(token),
    askForData(topic, customerId) {
      const number = customerId === undefined ? undefined : idIn(customerId, 'Customer');
      const whose = number === undefined ? undefined : store.customers.get(number);
      if (!whose && topic !== 'shop/redact')
        throw refused(`Nothing was asked of customer "${customerId ?? ''}": the shop has no such customer.`);
      shop.tell([{ topic, whose }]);
    },
    answerWith(status) {
      front.status = status;
    },
    limitRequests: (seconds) => front.limit(seconds),
    setInactive(isInactive) {
      front.isInactive = isInactive;
    },
    serveVersions(versions) {
      front.versions = versions;
    },
    deprecate(reason) {
      front.deprecatedReason = reason;
    },
  };
}
