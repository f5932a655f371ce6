import { CommerceError } from '@crossdock/core';

/** How to reach the Odoo that is given, and as whom. */
export interface Access {
  readonly url: string;
  readonly database: string;
  readonly login: string;
  readonly apiKey: string;
}

const variables = {
  url: 'ODOO_URL',
  database: 'ODOO_DATABASE',
  login: 'ODOO_LOGIN',
  apiKey: 'ODOO_API_KEY',
} as const;

/** What every live test says that tries nothing. */
export const notTried = `no Odoo is given. Set ${Object.values(variables).join(', ')} to try it on a real one`;

/** The Odoo that the environment names, or `undefined` where it names none. Half of a name is `options.invalid`. */
export function givenAccess(environment: Readonly<Record<string, string | undefined>>): Access | undefined {
  const missing = Object.values(variables).filter((name) => !environment[name]);
  if (missing.length === Object.keys(variables).length) return undefined;
  if (missing.length > 0) {
    throw new CommerceError({
      code: 'options.invalid',
      message: `No live test was begun: ${missing.join(', ')} of the four variables of an Odoo is missing. Set all, or none.`,
      system: 'odoo',
    });
  }
  const valueOf = (name: string) => environment[name] ?? '';
  return {
    url: valueOf(variables.url),
    database: valueOf(variables.database),
    login: valueOf(variables.login),
    apiKey: valueOf(variables.apiKey),
  };
}
