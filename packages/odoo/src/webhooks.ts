import type { PortCatalogue } from '@crossdock/core';
import type { Connection } from './connection.ts';
import { webhookDecode } from './webhook-decode.ts';
import { webhookVerify } from './webhook-verify.ts';

/** What Odoo's automation rules post. It may be lost, so it makes nothing but haste: the pulls go on. */
export function webhooksPort(connection: Connection): Pick<PortCatalogue['webhooks'], 'verify' | 'decode'> {
  return { verify: webhookVerify(connection), decode: webhookDecode(connection) };
}
