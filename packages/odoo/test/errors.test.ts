import { isCommerceError, type CommerceError } from '@crossdock/core';
import { testClock } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { odooClientOf } from '../src/connector.ts';
import { always, refusals, type Refusal } from './recorded.ts';

const key = 'canary-key-7f3a';
const login = 'canary-login@example.com';

function client(version: '18' | '19', fetch: typeof globalThis.fetch) {
  return odooClientOf({
    url: 'https://erp.example.com',
    database: 'shop',
    apiKey: key,
    login,
    version,
    fetch,
    clock: testClock(),
  });
}

/** What the connector makes of an answer to a write. */
async function refusedWith(version: '18' | '19', fetch: typeof globalThis.fetch): Promise<CommerceError> {
  const call = { ids: [1], answer: z.unknown(), safety: 'once' as const };
  try {
    await client(version, fetch).call('sale.order', 'action_confirm', call);
  } catch (error) {
    if (isCommerceError(error)) return error;
    throw error;
  }
  throw new Error('The call was not refused.');
}

/** JSON-RPC logs in before its first call; only the second answer is the refusal. */
function afterLogin({ status, body, contentType }: Refusal): typeof globalThis.fetch {
  let calls = 0;
  return (...request) => {
    calls += 1;
    return calls === 1
      ? always(200, '{"jsonrpc":"2.0","id":1,"result":5}')(...request)
      : always(status, body, contentType)(...request);
  };
}

function bodyOf(name: string, message: string) {
  return { name, message, arguments: [], context: {}, debug: '' };
}

/** The same refusal as JSON-RPC says it. */
function saidByJsonRpc(data: unknown) {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, error: { code: 0, message: 'Odoo Server Error', data } });
  return afterLogin({ label: '', path: '', status: 200, contentType: 'application/json', body });
}

const expected: Readonly<Record<string, CommerceError['code']>> = {
  'wire: nokey': 'auth.rejected',
  'wire: badkey': 'auth.rejected',
  'wire: baddb': 'options.invalid',
  'wire: unkmodel': 'request.rejected',
  'wire: unkmethod': 'request.rejected',
  'wire: private': 'access.denied',
  'wire: missingarg': 'request.rejected',
  'wire: extraarg': 'request.rejected',
  'wire: unkfield': 'request.rejected',
  'wire: required': 'record.rejected',
  'wire: badsel': 'request.rejected',
  'wire: badm2o': 'record.rejected',
  'wire: missing2': 'record.missing',
  'wire: badjson': 'request.rejected',
  'wire: badct': 'request.rejected',
  'wire: access1': 'access.denied',
  'wire: access2': 'access.denied',
  'wire: baddt': 'request.rejected',
  'wire: fk': 'record.rejected',
  'wire: badtype': 'request.rejected',
  'wire_legacy: auth bad db': 'options.invalid',
  'wire_legacy: bad pw exec': 'auth.rejected',
  'wire_legacy: unknown model': 'request.rejected',
  'wire_legacy: unknown method': 'request.rejected',
  'wire_legacy: private': 'access.denied',
  'wire_legacy: unknown field': 'request.rejected',
  'wire_legacy: required': 'record.rejected',
  'wire_legacy: access': 'access.denied',
  'wire_legacy: missing': 'record.missing',
  'flow_load: load error': 'record.rejected',
  'flow_load: low load': 'access.denied',
  'flow_extid: check_object_reference missing': 'record.missing',
  'flow_extid: load bind': 'record.rejected',
  'flow_cancel: cancel locked': 'record.rejected',
  'flow_order: confirm again': 'record.rejected',
  'flow_ship: validate none': 'record.rejected',
  'flow_lots: no serial': 'record.rejected',
  'flow_lots: shipped serial': 'record.rejected',
  'flow_lots: wrong lot': 'record.rejected',
  'serial: hot': 'platform.conflict',
  'flow_catalog: dup barcode': 'record.rejected',
};

describe('what Odoo says when it refuses', () => {
  it('has a meaning for every refusal that was recorded', () => {
    expect(
      refusals()
        .map(({ label }) => label)
        .toSorted(),
    ).toEqual(Object.keys(expected).toSorted());
  });

  it.each(refusals().map((refusal) => [refusal.label, refusal] as const))('%s', async (label, refusal) => {
    const legacy = refusal.path === '/jsonrpc';
    const fetch = legacy ? afterLogin(refusal) : always(refusal.status, refusal.body, refusal.contentType);
    const error = await refusedWith(legacy ? '18' : '19', fetch);
    expect(error.code).toBe(expected[label]);
  });

  it('says the same of an error on both wires', async () => {
    const data = {
      name: 'odoo.exceptions.UserError',
      message: 'You cannot cancel a locked order.',
      arguments: [],
      context: {},
      debug: '',
    };
    const json2 = await refusedWith('19', always(422, JSON.stringify(data)));
    const envelope = { jsonrpc: '2.0', id: 1, error: { code: 0, message: 'Odoo Server Error', data } };
    const legacy = {
      label: '',
      path: '',
      status: 200,
      contentType: 'application/json',
      body: JSON.stringify(envelope),
    };
    const jsonRpc = await refusedWith('18', afterLogin(legacy));
    expect(jsonRpc.code).toBe(json2.code);
    expect(jsonRpc.message).toBe(json2.message);
  });

  it('does not let a traceback, a secret or a customer into an error', async () => {
    const data = {
      name: 'odoo.exceptions.ValidationError',
      message: `Key ${key} of ${login}: jane@example.com, +1 212-555-0100 has no match, No matching record found for name 'Jane Doe' in field 'City'`,
      arguments: ['canary-argument'],
      context: {},
      debug: `Traceback (most recent call last): canary-traceback ${key}`,
    };
    const error = await refusedWith('19', always(422, JSON.stringify(data)));
    const everything = JSON.stringify([error.message, error.details, error.stack]);
    for (const secret of [key, login, 'jane@', '555-0100', 'Jane Doe', 'canary-traceback', 'canary-argument']) {
      expect(everything).not.toContain(secret);
    }
  });

  it('takes a conflict that load() hides in a good answer for a conflict, and sends it again', async () => {
    const conflict = {
      ids: false,
      messages: [
        {
          rows: { from: 0, to: 0 },
          record: 0,
          type: 'error',
          message: 'could not serialize access due to concurrent update\n',
        },
      ],
      nextrow: 0,
    };
    let calls = 0;
    const fetch: typeof globalThis.fetch = (...request) => {
      calls += 1;
      const body = calls === 1 ? conflict : { ids: [7], messages: [], nextrow: 0 };
      return always(200, JSON.stringify(body))(...request);
    };
    const call = {
      params: { fields: ['id'], data: [['a.b']] },
      answer: z.object({ ids: z.array(z.number()) }),
      safety: 'once' as const,
    };
    expect(await client('19', fetch).call('sale.order', 'load', call)).toEqual({ ids: [7] });
    expect(calls).toBe(2);
  });

  it('leaves open what became of a write that a proxy answered with a page', async () => {
    const error = await refusedWith('19', always(502, '<html><h1>Bad Gateway</h1></html>', 'text/html'));
    expect(error.code).toBe('write.uncertain');
  });

  it.each([
    'psycopg2.errors.AdminShutdown',
    'psycopg2.errors.CrashShutdown',
    'psycopg2.OperationalError',
    'psycopg2.InterfaceError',
    'psycopg2.errors.IdleInTransactionSessionTimeout',
    'psycopg2.errors.SomethingNew',
    'acme.errors.Surprise',
  ])('leaves open what became of a write that ended with %s, on either wire', async (name) => {
    const data = bodyOf(name, 'terminating connection due to administrator command');
    expect(await refusedWith('19', always(500, JSON.stringify(data)))).toMatchObject({ code: 'write.uncertain' });
    expect(await refusedWith('18', saidByJsonRpc(data))).toMatchObject({ code: 'write.uncertain' });
  });

  it.each(['psycopg2.errors.NumericValueOutOfRange', 'psycopg2.errors.NotNullViolation', 'psycopg2.IntegrityError'])(
    'does not repeat what the database refused for its data: %s',
    async (name) => {
      const data = bodyOf(name, 'integer out of range');
      expect(await refusedWith('19', always(500, JSON.stringify(data)))).toMatchObject({ code: 'request.rejected' });
      expect(await refusedWith('18', saidByJsonRpc(data))).toMatchObject({ code: 'request.rejected' });
    },
  );

  it('asks again after a read that the database went away under', async () => {
    let calls = 0;
    const data = bodyOf('psycopg2.errors.AdminShutdown', 'terminating connection due to administrator command');
    const fetch: typeof globalThis.fetch = (...request) => {
      calls += 1;
      return calls === 1 ? always(500, JSON.stringify(data))(...request) : always(200, '[]')(...request);
    };
    const row = { fields: ['name'], schema: z.unknown() };
    expect(await client('19', fetch).searchRead('sale.order', row, { domain: [] })).toEqual([]);
    expect(calls).toBe(2);
  });

  it('takes a database that answered before for one that is away, and not for a wrong name', async () => {
    const noDatabase =
      '<!doctype html>\n<title>404 Not Found</title>\n<p>No database is selected and the requested URL was not found.</p><!-- Alternatively, use the X-Odoo-Database header. -->';
    const row = { fields: ['name'], schema: z.unknown() };
    let calls = 0;
    const fetch: typeof globalThis.fetch = (...request) => {
      calls += 1;
      return calls === 2 ? always(404, noDatabase)(...request) : always(200, '[]')(...request);
    };
    const erp = client('19', fetch);
    await erp.searchRead('sale.order', row, { domain: [] });
    expect(await erp.searchRead('sale.order', row, { domain: [] })).toEqual([]);
    expect(calls).toBe(3);
    expect(await refusedWith('19', always(404, noDatabase))).toMatchObject({ code: 'options.invalid' });
  });

  it('leaves open what became of a load that the database went away under', async () => {
    const messages = [{ type: 'error', message: 'server closed the connection unexpectedly' }];
    const answer = JSON.stringify({ ids: false, messages });
    expect(await refusedWith('19', always(200, answer))).toMatchObject({ code: 'write.uncertain' });
  });
});

describe('the low-level client', () => {
  it('refuses an id that is none instead of finding nothing', async () => {
    const row = { fields: ['name'], schema: z.unknown() };
    await expect(client('19', always(200, '[]')).read('sale.order', [Number('x')], row)).rejects.toMatchObject({
      code: 'request.rejected',
    });
  });

  it('refuses a model name that would change the address', async () => {
    const row = { fields: ['name'], schema: z.unknown() };
    await expect(client('19', always(200, '[]')).read('../web/login', [1], row)).rejects.toMatchObject({
      code: 'request.rejected',
    });
  });

  it('asks for the release once, whatever it is called, and reads "saas~19"', async () => {
    const asked: string[] = [];
    const fetch: typeof globalThis.fetch = (input, init) => {
      const { pathname } = new URL(new Request(input, init).url);
      asked.push(pathname);
      const version = { jsonrpc: '2.0', id: null, result: { server_version_info: ['saas~19', 1, 0, 'final', 0, ''] } };
      return always(200, pathname.startsWith('/web/') ? JSON.stringify(version) : '[]')(input, init);
    };
    const detecting = odooClientOf({ url: 'https://erp.example.com', database: 'shop', apiKey: key, fetch });
    const row = { fields: ['name'], schema: z.unknown() };
    await Promise.all([detecting.version(), detecting.version()]);
    await detecting.searchRead('sale.order', row, { domain: [] });
    await detecting.searchRead('sale.order', row, { domain: [] });
    expect(asked).toEqual([
      '/web/webclient/version_info',
      '/json/2/sale.order/search_read',
      '/json/2/sale.order/search_read',
    ]);
  });
});
