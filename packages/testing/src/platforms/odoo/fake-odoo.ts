import { bench, door, type FakeOptions, type FakePlatform } from '../../fake/platform.ts';
import { webhookFeed } from '../../fake/webhook-feed.ts';
import { stateOf } from './door.ts';
import { proxyHtml } from './http/answers.ts';
import { poolIsFull } from './http/pool.ts';
import { operationOf, route } from './http/route.ts';
import { groupsOf } from './models/groups.ts';
import { seed, userIds } from './seed/seed.ts';
import { server } from './server.ts';
import type { OdooState } from './state.ts';
import { troubleBoard } from './troubles.ts';
import { refuseUnknown, type OdooModule, type OdooVersion } from './versions.ts';
import { webhookSender } from './webhooks.ts';

/** Which Odoo to fake, and who may speak to it. */
export interface FakeOdooOptions extends FakeOptions {
  /** Default `19.0`. JSON-2 is there from 19 on; 17 and 18 speak JSON-RPC only. */
  readonly version?: OdooVersion | undefined;
  /**
   * Modules besides those that are always there: `mrp` for kits, `base_vat` to check VAT numbers, `accountant` for books in
   * which payments wait for the bank's statement, and from 18 on make no entry of their own. Default none.
   */
  readonly modules?: readonly OdooModule[] | undefined;
  /** Default `odoo`. */
  readonly database?: string | undefined;
  /** Other databases on the same server. Default one, so that `X-Odoo-Database` must be sent, as on most servers. */
  readonly otherDatabases?: readonly string[] | undefined;
  /** The key of the connector's user; JSON-RPC takes it as the password. Default `odoo-api-key`. */
  readonly apiKey?: string | undefined;
  /** The login of the connector's user. Default `connector`. */
  readonly login?: string | undefined;
  /**
   * Calls that the server has database connections for at one moment; one more is a page with status 500. Default 64,
   * the limit of a threaded server as it is installed.
   */
  readonly simultaneousCalls?: number | undefined;
  /** Default `https://odoo.example`. */
  readonly origin?: string | undefined;
}

/**
 * An Odoo Community server in memory, with the parts of sales, stock, contacts, catalogue and accounting that a channel
 * touches. It behaves as Odoo 17.0, 18.0 and 19.0 were recorded on 2026-11-23, including what is not kind about them.
 */
export function fakeOdoo(options: FakeOdooOptions = {}): FakePlatform<OdooState> {
  const {
    version = '19.0',
    modules = [],
    database = 'odoo',
    otherDatabases = ['staging'],
    apiKey = 'odoo-api-key',
    login = 'connector',
    simultaneousCalls = 64,
    origin = 'https://odoo.example',
  } = options;
  refuseUnknown(version);
  const parts = bench(options);
  const odoo = server(parts, version, new Set(modules));
  const connector = {
    userId: userIds.connector,
    login,
    apiKey,
    groups: new Set<string>(groupsOf.connector),
    expired: false,
  };
  odoo.accounts.push(connector);
  odoo.transact({ account: connector }, (env) => seed(env, login));
  // One second, one attempt. Recorded on Odoo 19.0, 2026-11-23.
  const webhooks = webhookFeed({ clock: parts.clock, random: parts.random, retryDelaysMs: [], timeoutMs: 1000 });
  const sender = webhookSender(webhooks);
  odoo.notice = sender.notice;
  odoo.onCommit = (changes) => sender.onCommit(changes);
  const troubles = troubleBoard();
  const databases = [database, ...otherDatabases];
  return {
    name: 'odoo',
    origin,
    clock: parts.clock,
    faults: parts.faults,
    journal: parts.journal,
    webhooks,
    state: stateOf(odoo, troubles),
    fetch: door(parts, {
      origin,
      operation: operationOf,
      handle: (request, rest) => route(odoo, databases, troubles, request, rest),
      // Odoo has no limit of its own: a proxy in front of it has.
      throttled: (seconds) =>
        new Response(proxyHtml(429), {
          status: 429,
          headers: { 'content-type': 'text/html', 'retry-after': String(seconds) },
        }),
      capacity: {
        requests: simultaneousCalls,
        full: (operation, body) => (operation === 'version' ? undefined : poolIsFull(body, databases.length)),
      },
    }),
  };
}
