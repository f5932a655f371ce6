import { fakeOdoo } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';

// What a threaded Odoo 19.0 did with 200 calls at one moment, recorded on 2026-11-26.

type Options = Parameters<typeof fakeOdoo>[0];

function burst(calls: number, path: string, body: (call: number) => object, options: Options = {}) {
  const odoo = fakeOdoo(options);
  const headers = {
    authorization: 'bearer odoo-api-key',
    'x-odoo-database': 'odoo',
    'content-type': 'application/json',
  };
  const ask = (_: unknown, call: number) =>
    odoo.fetch(`${odoo.origin}${path}`, { method: 'POST', headers, body: JSON.stringify(body(call)) });
  return { odoo, answers: Promise.all(Array.from({ length: calls }, ask)) };
}

const partner = (call: number) => ({ vals_list: [{ name: `Ada ${call}` }] });

function rpc(id: number) {
  const args = ['odoo', 5, 'odoo-api-key', 'res.partner', 'search_count', [[]]];
  return { jsonrpc: '2.0', id, method: 'call', params: { service: 'object', method: 'execute_kw', args } };
}

describe('more calls at one moment than the fake Odoo has database connections', () => {
  it('are answered with a page, and nothing of them is done', async () => {
    const { odoo, answers } = burst(70, '/json/2/res.partner/create', partner);
    const refused = (await answers).filter(({ status }) => status === 500);
    expect(refused).toHaveLength(6);
    expect(refused[0]?.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await refused[0]?.text()).toContain('<title>500 Internal Server Error</title>');
    expect(odoo.state.partners.filter(({ name }) => typeof name === 'string' && name.startsWith('Ada '))).toHaveLength(
      64,
    );
  });

  it('are refused inside a 200 by JSON-RPC on a server of several databases, with a page on one of one', async () => {
    const several = await burst(3, '/jsonrpc', rpc, { simultaneousCalls: 2, version: '18.0' }).answers;
    expect(await several[2]?.json()).toMatchObject({ id: 2, error: { data: { name: 'psycopg2.pool.PoolError' } } });
    const alone = await burst(3, '/jsonrpc', rpc, { simultaneousCalls: 2, otherDatabases: [] }).answers;
    expect(alone.map(({ status }) => status)).toEqual([200, 200, 500]);
  });

  it('find room again as soon as the others are through', async () => {
    const { odoo, answers } = burst(3, '/jsonrpc', rpc, { simultaneousCalls: 2 });
    await answers;
    const version = await odoo.fetch(`${odoo.origin}/web/version`);
    expect(version.status).toBe(200);
    const later = await odoo.fetch(`${odoo.origin}/jsonrpc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(rpc(9)),
    });
    expect(await later.json()).toMatchObject({ result: odoo.state.partners.length });
  });
});
