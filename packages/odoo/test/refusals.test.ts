import { isCommerceError, type CommerceError, type ErrorCode } from '@crossdock/core';
import { testClock } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { odooClientOf, type OdooClient } from '../src/index.ts';
import { always } from './recorded.ts';
import { aWorld, versions } from './world.ts';

const wires = ['JSON-2', 'JSON-RPC'] as const;
type Wire = (typeof wires)[number];

/** As an Odoo makes keys; the second is what a person may pass by mistake. */
const key = '0123456789abcdef0123456789abcdef01234567';
const password = 'correct-horse-battery';

function clientTo(wire: Wire, answer: typeof globalThis.fetch, apiKey = key): OdooClient {
  let calls = 0;
  return odooClientOf({
    url: 'https://erp.example.com',
    database: 'shop',
    apiKey,
    login: 'crossdock',
    version: wire === 'JSON-2' ? '19' : '18',
    clock: testClock(),
    fetch(...request) {
      calls += 1;
      const isLogin = wire === 'JSON-RPC' && calls === 1;
      return isLogin ? always(200, '{"jsonrpc":"2.0","id":1,"result":5}')(...request) : answer(...request);
    },
  });
}

async function refusalOf(call: Promise<unknown>): Promise<CommerceError> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (isCommerceError(outcome)) return outcome;
  throw new Error('The call was not refused.', { cause: outcome });
}

const written = (client: OdooClient) =>
  client.call('sale.order', 'action_confirm', { ids: [1], answer: z.unknown(), safety: 'once' });
const asked = (client: OdooClient) =>
  client.call('sale.order', 'search', { params: { domain: [] }, answer: z.array(z.number()), safety: 'read' });

/** What Odoo says, with the status that it has on JSON-2, and what it means for a write. */
const meanings: readonly (readonly [what: string, status: number, name: string, message: string, code: ErrorCode])[] = [
  ['a right is missing', 403, 'odoo.exceptions.AccessError', 'You are not allowed to create', 'access.denied'],
  [
    'a company is foreign',
    403,
    'odoo.exceptions.AccessError',
    'Access to unauthorized or invalid companies.',
    'access.denied',
  ],
  ['a rule of the business', 422, 'odoo.exceptions.UserError', 'You cannot cancel a locked order.', 'record.rejected'],
  ['a constraint of a field', 422, 'odoo.exceptions.ValidationError', 'Missing required value', 'record.rejected'],
  [
    'a value that must be unique',
    422,
    'odoo.exceptions.ValidationError',
    'Barcode(s) already assigned',
    'record.rejected',
  ],
  ['a way out that needs a person', 422, 'odoo.exceptions.RedirectWarning', 'Configure a journal', 'record.rejected'],
  ['the database says unique', 500, 'psycopg2.errors.UniqueViolation', 'duplicate key value', 'record.duplicate'],
  [
    'a server action met one',
    500,
    'builtins.ValueError',
    "UniqueViolation('duplicate key') while evaluating",
    'record.duplicate',
  ],
  [
    'the record is gone',
    404,
    'odoo.exceptions.MissingError',
    'Record does not exist or has been deleted.\n(Record: res.partner(9,), User: 5)',
    'record.missing',
  ],
  ['no such external id', 500, 'builtins.ValueError', 'External ID not found in the system: a.b', 'record.missing'],
  ['an unknown field is read', 500, 'builtins.ValueError', "Invalid field 'nope' on 'res.partner'", 'request.rejected'],
  ['an unknown field is written', 500, 'builtins.KeyError', 'nope', 'request.rejected'],
  [
    'an unknown field in a domain',
    500,
    'builtins.ValueError',
    "Invalid field res.partner.nope in condition ('nope', '=', 1)",
    'request.rejected',
  ],
  [
    'a limit below zero',
    500,
    'psycopg2.errors.InvalidRowCountInLimitClause',
    'LIMIT must not be negative\n',
    'request.rejected',
  ],
  ['a number too large', 500, 'psycopg2.errors.NumericValueOutOfRange', 'integer out of range\n', 'request.rejected'],
  [
    'two at the same record',
    500,
    'psycopg2.errors.SerializationFailure',
    'could not serialize access due to concurrent update\n',
    'platform.conflict',
  ],
  ['two in each other’s way', 500, 'psycopg2.errors.DeadlockDetected', 'deadlock detected', 'platform.conflict'],
  ['a record is locked', 409, 'odoo.exceptions.LockError', 'Cannot grab a lock on records', 'platform.conflict'],
  ['Odoo asks for another try', 500, 'odoo.exceptions.ConcurrencyError', 'try again', 'platform.conflict'],
  ['the session is over', 403, 'odoo.http.SessionExpiredException', 'Session expired', 'auth.expired'],
  ['the key is no longer good', 401, 'odoo.exceptions.AccessDenied', 'Access Denied', 'auth.rejected'],
  [
    'the user was deleted',
    404,
    'odoo.exceptions.MissingError',
    'Record does not exist or has been deleted.\n(Record: res.users(5,), User: 5)',
    'auth.rejected',
  ],
  ['a language is not installed', 422, 'odoo.exceptions.UserError', 'Invalid language code: fr_FR', 'options.invalid'],
  ['the memory is used up', 500, 'builtins.MemoryError', '', 'write.uncertain'],
  ['the worker took too long', 500, 'builtins.Exception', 'CPU time limit exceeded.', 'write.uncertain'],
  ['a carrier did not answer Odoo', 500, 'builtins.TimeoutError', 'timed out', 'write.uncertain'],
  ['the database went away', 500, 'psycopg2.InterfaceError', 'connection already closed', 'write.uncertain'],
];

function said(wire: Wire, status: number, name: string, message: string): typeof globalThis.fetch {
  const data = { name, message, arguments: [message], context: {}, debug: 'Traceback' };
  if (wire === 'JSON-2') return always(status, JSON.stringify(data));
  return always(200, JSON.stringify({ jsonrpc: '2.0', id: 1, error: { code: 0, message: 'Odoo Server Error', data } }));
}

describe.each(wires)('over %s', (wire) => {
  it.each(meanings)('%s', async (_what, status, name, message, code) => {
    const error = await refusalOf(written(clientTo(wire, said(wire, status, name, message))));
    expect(error.code).toBe(code);
  });

  it.each([
    ['a login page or a notice', 200, 'response.unexpected'],
    ['another site', 404, 'options.invalid'],
    ['a firewall', 403, 'access.denied'],
    ['a proxy that asks for a password', 401, 'access.denied'],
    ['a table that is too long for a proxy', 413, 'request.rejected'],
    ['a server that starts', 503, 'platform.unavailable'],
  ] as const)('takes a page for what it is: %s', async (_what, status, code) => {
    const page = always(status, '<!DOCTYPE html>\n<html><title>Acme</title></html>', 'text/html');
    const error = await refusalOf(asked(clientTo(wire, page)));
    expect(error.code).toBe(code);
    expect(error.message).not.toContain('Acme');
  });

  it('does not know what became of a write that was answered with a page', async () => {
    const page = always(200, '<html></html>', 'text/html');
    expect((await refusalOf(written(clientTo(wire, page)))).code).toBe('write.uncertain');
  });

  it('takes a field that is for a group alone for a missing right, and names the field and what to do', async () => {
    // Recorded on Odoo 19.0, 2026-11-26.
    const message =
      "You do not have enough rights to access the field \"quotation_template_ids\" on Quotation's Headers & Footers (quotation.document). Please contact your system administrator.\n\nOperation: read\nUser: 9\nGroups: allowed for groups 'Sales / User: Own Documents Only'";
    const result = { ids: false, messages: [{ rows: { from: 0, to: 0 }, type: 'error', record: 0, message }] };
    const answers = [
      always(200, JSON.stringify(wire === 'JSON-2' ? result : { jsonrpc: '2.0', id: 1, result })),
      said(wire, 403, 'odoo.exceptions.AccessError', message),
    ];
    for (const answer of answers) {
      const error = await refusalOf(written(clientTo(wire, answer)));
      expect(error.code).toBe('access.denied');
      expect(error.message).toContain('quotation_template_ids');
      expect(error.message).toContain('npx @crossdock/odoo rights');
    }
  });

  it('says so when a password was passed for a key, and does not repeat it', async () => {
    const denied = said(
      wire,
      401,
      wire === 'JSON-2' ? 'werkzeug.exceptions.Unauthorized' : 'odoo.exceptions.AccessDenied',
      '',
    );
    const withPassword = await refusalOf(asked(clientTo(wire, denied, password)));
    expect(withPassword).toMatchObject({ code: 'auth.rejected' });
    expect(withPassword.message).toContain('is it a password?');
    expect(withPassword.message).not.toContain(password);
    const withKey = await refusalOf(asked(clientTo(wire, denied)));
    expect(withKey.message).toContain('past its lifetime');
  });
});

async function codesOf(calls: readonly (() => Promise<unknown>)[]): Promise<readonly string[]> {
  const told: string[] = [];
  for (const call of calls) told.push((await refusalOf(call())).code);
  return told;
}

describe.each(versions)('an Odoo %s', (version) => {
  const partner = { fields: ['name'], schema: z.object({ name: z.string() }) };

  it('has one word for each mistake, whichever wire it speaks', async () => {
    const world = aWorld(version);
    const client = world.client();
    const unknown = { fields: ['nope'], schema: z.unknown() };
    expect(
      await codesOf([
        () => client.searchRead('res.nope', partner, { domain: [] }),
        () => client.call('res.partner', 'nope', { ids: [1], answer: z.unknown(), safety: 'once' }),
        () => client.searchRead('res.partner', unknown, { domain: [] }),
        () => client.write('res.partner', [999_999], { name: 'x' }),
        () => client.searchRead('ir.model.data', partner, { domain: [] }),
        () => client.create('product.product', [{ name: 'Twin', barcode: '4000000000017' }]),
      ]),
    ).toEqual([
      'request.rejected',
      'request.rejected',
      'request.rejected',
      'record.missing',
      'access.denied',
      'record.rejected',
    ]);
  });

  it('does not know this database or this key', async () => {
    const { options } = aWorld(version);
    const row = partner;
    const ask = (change: Partial<typeof options>) =>
      refusalOf(odooClientOf({ ...options, ...change }).searchRead('res.partner', row, { domain: [], limit: 1 }));
    expect((await ask({ database: 'elsewhere' })).code).toBe('options.invalid');
    expect((await ask({ apiKey: 'wrong' })).code).toBe('auth.rejected');
  });

  it('says of a key that has expired what to do', async () => {
    const world = aWorld(version);
    const client = world.client();
    await client.searchRead('res.partner', partner, { domain: [], limit: 1 });
    world.state.expireKey('connector');
    const error = await refusalOf(client.searchRead('res.partner', partner, { domain: [], limit: 1 }));
    expect(error.code).toBe('auth.rejected');
  });
});
