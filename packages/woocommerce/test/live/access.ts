import { CommerceError } from '@crossdock/core';

/** The shop that is given, and whether the tests may write into one that has orders already. */
export interface Access {
  readonly url: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly mayWrite: boolean;
}

const variables = { url: 'WOO_URL', consumerKey: 'WOO_KEY', consumerSecret: 'WOO_SECRET' } as const;
/** Says `yes` where the tests may write into a shop that is not empty. */
export const permission = 'WOO_ALLOW_WRITES';

/** What every live test says that tries nothing. */
export const notTried = `no WooCommerce is given. Set ${Object.values(variables).join(', ')} to try it on a real one`;

/** The shop that the environment names, or `undefined` where it names none. Half of a name is `options.invalid`. */
export function givenAccess(environment: Readonly<Record<string, string | undefined>>): Access | undefined {
  const all = Object.values(variables);
  const missing = all.filter((name) => !environment[name]);
  if (missing.length === all.length) return undefined;
  if (missing.length > 0) {
    throw new CommerceError({
      code: 'options.invalid',
      message: `No live test was begun: ${missing.join(', ')} of ${all.join(', ')} is missing. Set all, or none.`,
      system: 'woocommerce',
    });
  }
  const value = (name: string) => environment[name] ?? '';
  return {
    url: value(variables.url).replace(/\/+$/, ''),
    consumerKey: value(variables.consumerKey),
    consumerSecret: value(variables.consumerSecret),
    mayWrite: environment[permission] === 'yes',
  };
}

/** The options of a connector to it. A shop without TLS is for development only, as one that tests write into is. */
export function optionsOf({ url, consumerKey, consumerSecret }: Access) {
  return { url, consumerKey, consumerSecret, allowHttp: url.startsWith('http:') };
}
