import { describe, expect, it } from 'vitest';
import { fakeOdoo, proxyFault } from '@crossdock/testing';
import { at, call, confirmedOrder, refusal, result, rpc, rpcService } from './client.ts';

const without = (odoo: ReturnType<typeof fakeOdoo>) =>
  odoo.fetch(`${odoo.origin}/json/2/res.partner/search_count`, {
    method: 'POST',
    headers: { authorization: 'bearer odoo-api-key', 'content-type': 'application/json' },
    body: '{"domain":[]}',
  });

describe('fake Odoo transports', () => {
  it('speaks JSON-2 only from 19 on, and tells its version differently in every release', async () => {
    const answers = await Promise.all(
      (['17.0', '18.0', '19.0'] as const).map(async (version) => {
        const odoo = fakeOdoo({ version });
        const json2 = await odoo.fetch(`${odoo.origin}/json/2/res.partner/search`, { method: 'POST', body: '{}' });
        const probe = await odoo.fetch(`${odoo.origin}/web/version`);
        const common = await rpcService(odoo, 'common', 'version', []);
        return [json2.status, probe.status, at(common, 'result', 'server_version_info', 0)];
      }),
    );

    expect(answers).toEqual([
      [404, 404, 17],
      [404, 303, 18],
      [404, 200, 19],
    ]);
  });

  it('wants the database named as soon as there are two', async () => {
    const [two, one] = await Promise.all([without(fakeOdoo()), without(fakeOdoo({ otherDatabases: [] }))]);

    expect(two.status).toBe(404);
    expect(two.headers.get('content-type')).toContain('text/html');
    expect(one.status).toBe(200);
  });

  it('refuses a key that expired, on both transports', async () => {
    const odoo = fakeOdoo();
    odoo.state.expireKey();

    expect(await call(odoo, 'res.partner.search', { domain: [] })).toMatchObject({
      status: 401,
      body: { name: 'werkzeug.exceptions.Unauthorized', message: 'Invalid apikey' },
    });
    expect(await refusal(odoo, 'res.partner.search', [[]])).toBe('Access Denied');
    expect(
      at(await rpcService(odoo, 'common', 'authenticate', ['odoo', 'connector', 'odoo-api-key', {}]), 'result'),
    ).toBe(false);
  });

  it('answers one created record as a list by JSON-2 and as a number by JSON-RPC', async () => {
    const odoo = fakeOdoo();

    expect((await call(odoo, 'res.partner.create', { vals_list: { name: 'A' } })).body).toEqual([expect.any(Number)]);
    expect(await result(odoo, 'res.partner.create', [{ name: 'A' }])).toEqual(expect.any(Number));
    expect(await result(odoo, 'res.partner.create', [[{ name: 'A' }]])).toEqual([expect.any(Number)]);
  });

  it('says nothing is null by JSON-2 and leaves the result out by JSON-RPC', async () => {
    const odoo = fakeOdoo();
    const order = await confirmedOrder(odoo, {});

    expect((await call(odoo, 'sale.order.action_lock', { ids: [order] })).body).toBeNull();
    expect(await rpc(odoo, 'sale.order.action_lock', [[order]])).not.toHaveProperty('result');
  });

  it('lets a user without groups read contacts, and says which groups could do the rest', async () => {
    const odoo = fakeOdoo();
    odoo.state.addUser({ login: 'bare', apiKey: 'bare-key', kind: 'internal' });

    expect((await call(odoo, 'res.partner.search', { domain: [] }, 'bare-key')).status).toBe(200);
    const refused = await call(odoo, 'sale.order.search', { domain: [] }, 'bare-key');

    expect(refused.status).toBe(403);
    expect(at(refused.body, 'message')).toContain('\t- Sales/User: Own Documents Only');
  });

  it('knows its calls by model and method for faults and in the journal', async () => {
    const odoo = fakeOdoo();
    odoo.faults.next('sale.order.create', proxyFault(502));
    const sent = () =>
      odoo.fetch(`${odoo.origin}/json/2/sale.order/create`, {
        method: 'POST',
        headers: {
          authorization: 'bearer odoo-api-key',
          'x-odoo-database': 'odoo',
          'content-type': 'application/json',
        },
        body: '{"vals_list":{}}',
      });

    const [first, second] = [await sent(), await sent()];
    await rpc(odoo, 'sale.order.create', [{}]);
    await rpcService(odoo, 'common', 'authenticate', ['odoo', 'connector', 'odoo-api-key', {}]);
    await odoo.fetch(`${odoo.origin}/web/version`);

    expect([first.status, second.status]).toEqual([502, 422]);
    expect(odoo.journal.all.map(({ operation, status }) => `${operation} ${status}`)).toEqual([
      'sale.order.create 502',
      'sale.order.create 422',
      'sale.order.create 200',
      'common.authenticate 200',
      'version 200',
    ]);
  });
});
