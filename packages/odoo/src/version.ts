import { CommerceError, type HttpSend } from '@crossdock/core';
import * as z from 'zod';
import { resultOf } from './json-rpc.ts';

/** The release of an Odoo: 17, 18, 19 or later. */
export type OdooVersion = number;

/** The first element is a number or, on Odoo's own hosting, a text such as "saas~19". Recorded on 17.0 to 19.0. */
const versionInfo = z.object({ server_version_info: z.array(z.union([z.number(), z.string()])).min(1) });

/**
 * Asks an Odoo which release it is. `web/webclient/version_info` is the one question that every release from 17 on
 * answers without a login: `web/version` is missing on 17, and `jsonrpc` will be from 22 on. Run on 17.0, 18.0 and 19.0.
 */
export async function detectVersion(system: string, send: HttpSend): Promise<OdooVersion> {
  const reply = await send({
    operation: 'web/version_info',
    method: 'POST',
    path: 'web/webclient/version_info',
    json: {},
    safety: 'read',
    answer: resultOf(versionInfo),
  });
  const first = String(reply.data.server_version_info[0]);
  const version = Number(/\d+/.exec(first)?.[0] ?? Number.NaN);
  if (version >= 17) return version;
  throw new CommerceError({
    code: 'options.invalid',
    message: `odoo({ url }) was not accepted: the server is release "${first.slice(0, 20)}", and the connector knows 17 and later. Upgrade Odoo.`,
    system,
  });
}
