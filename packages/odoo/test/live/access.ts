import { CommerceError } from '@crossdock/core';

/** How to reach an Odoo, and as whom. */
interface Login {
  readonly url: string;
  readonly database: string;
  readonly login: string;
  readonly apiKey: string;
}
/** The Odoo that is given, as the connector's user, and as whoever sets the scenes there: the same, unless another is given. */
export interface Access extends Login {
  readonly scenes: Login;
}

const variables = {
  url: 'ODOO_URL',
  database: 'ODOO_DATABASE',
  login: 'ODOO_LOGIN',
  apiKey: 'ODOO_API_KEY',
} as const;
const ofScenes = { login: 'ODOO_SCENES_LOGIN', apiKey: 'ODOO_SCENES_API_KEY' } as const;

/** What every live test says that tries nothing. */
export const notTried = `no Odoo is given. Set ${Object.values(variables).join(', ')} to try it on a real one`;

/** The Odoo that the environment names, or `undefined` where it names none. Half of a name is `options.invalid`. */
export function givenAccess(environment: Readonly<Record<string, string | undefined>>): Access | undefined {
  const connector = read(environment, variables);
  if (connector === undefined) return undefined;
  return { ...connector, scenes: { ...connector, ...read(environment, ofScenes) } };
}

/** All of these variables, or `undefined` where none is set. */
function read<const N extends string>(
  environment: Readonly<Record<string, string | undefined>>,
  names: { readonly [K in N]: string },
): { readonly [K in N]: string } | undefined {
  const all = Object.entries<string>(names);
  const missing = all.flatMap(([, name]) => (environment[name] ? [] : [name]));
  if (missing.length === all.length) return undefined;
  if (missing.length > 0) {
    throw new CommerceError({
      code: 'options.invalid',
      message: `No live test was begun: ${missing.join(', ')} of ${all.map(([, name]) => name).join(', ')} is missing. Set all, or none.`,
      system: 'odoo',
    });
  }
  // Each name of the names has its value.
  return Object.fromEntries(all.map(([key, name]) => [key, environment[name]])) as { readonly [K in N]: string };
}
