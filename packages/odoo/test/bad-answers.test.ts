import { isCommerceError, type CommerceError, type ErrorCode } from '@crossdock/core';
import { testClock } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { odooClientOf } from '../src/index.ts';
import { always } from './recorded.ts';
import { aWorld, versions } from './world.ts';

const wires = ['JSON-2', 'JSON-RPC'] as const;
type Wire = (typeof wires)[number];
const good = {
  '/web/webclient/version_info': (wire: Wire) =>
    JSON.stringify({ jsonrpc: '2.0', id: null, result: { server_version_info: [wire === 'JSON-2' ? 19 : 18, 0] } }),
  '/jsonrpc': () => '{"jsonrpc":"2.0","id":1,"result":5}',
};

/** An Odoo that answers the first `before` requests as it should, then only so, and how often it was asked then. */
function broken(wire: Wire, before: number, answer: typeof globalThis.fetch) {
  let calls = 0;
  const client = odooClientOf({
    url: 'https://erp.example.com',
    database: 'shop',
    apiKey: 'k',
    login: 'crossdock',
    clock: testClock(),
    fetch(...request) {
      calls += 1;
      const { pathname } = new URL(new Request(...request).url);
      const body = pathname === '/web/webclient/version_info' || pathname === '/jsonrpc' ? good[pathname](wire) : '[]';
      return calls <= before ? always(200, body)(...request) : answer(...request);
    },
  });
  return { client, asked: () => calls - before };
}

async function refusalOf(call: Promise<unknown>): Promise<CommerceError> {
  const outcome: unknown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (isCommerceError(outcome)) return outcome;
  throw new Error('The call was not refused.', { cause: outcome });
}

const page = '<!doctype html>\n<html lang=en>\n<title>Acme</title>\n<h1>Acme</h1>';
const html = 'text/html; charset=utf-8';
const json = 'application/json; charset=utf-8';

/** What stands in the place of an answer, what that means for a question, and how often it is asked. */
const answers: readonly (readonly [string, number, string, string, ErrorCode, number])[] = [
  ['a page with a good status', 200, page, html, 'response.unexpected', 1],
  ['a page of Odoo with too many calls', 500, page, html, 'platform.unavailable', 5],
  ['a page of a proxy', 502, page, html, 'platform.unavailable', 5],
  ['a page of another site', 404, page, html, 'options.invalid', 1],
  ['a page of a firewall', 403, page, html, 'access.denied', 1],
  ['JSON that breaks off in a list', 200, '[{"id": 1, "name": "A"}, {"id"', json, 'response.unexpected', 1],
  ['JSON that breaks off in a word', 200, '{"jsonrpc": "2.0", "id": 1, "resu', json, 'response.unexpected', 1],
  ['JSON of another kind', 200, '"Acme"', json, 'response.unexpected', 1],
  ['JSON of another shape', 200, '{"jsonrpc": "2.0", "id": 1, "result": "Acme"}', json, 'response.unexpected', 1],
  ['nothing', 200, '', json, 'response.unexpected', 1],
];

describe.each(wires)('over %s', (wire) => {
  const steps = wire === 'JSON-2' ? (['release', 'call'] as const) : (['release', 'login', 'call'] as const);
  describe.each(steps.map((step, before) => [step, before] as const))('in the place of the %s', (step, before) => {
    it.each(answers)('%s has a name', async (_what, status, body, type, code, times) => {
      const { client, asked } = broken(wire, before, always(status, body, type));
      const row = { fields: ['name'], schema: z.object({ id: z.number() }) };
      const error = await refusalOf(client.searchRead('res.partner', row, { domain: [] }));
      expect(error).toMatchObject({ code, system: 'odoo' });
      expect(error.message).not.toContain('Acme');
      expect(asked()).toBe(times);
    });

    it.each(answers.filter(([, status]) => status !== 404 && status !== 403))(
      '%s leaves a write open only once it was sent, and it is not sent again',
      async (_what, status, body, type, code, times) => {
        const { client, asked } = broken(wire, before, always(status, body, type));
        const call = { ids: [1], answer: z.literal(true), safety: 'once' as const };
        const error = await refusalOf(client.call('sale.order', 'action_confirm', call));
        // Before the call itself, nothing of the write was sent: there it is a question that is asked again.
        const end = step === 'call' ? ['write.uncertain', 1] : [code, times];
        expect([error.code, asked()]).toEqual(end);
      },
    );
  });
});

describe.each(versions)('an Odoo %s that answers what nobody can read', (version) => {
  it('has one customer of it, made with another look', async () => {
    const world = aWorld(version);
    const draft = { name: 'Jo Doe', email: 'jo@example.com', shippingAddresses: [] };
    world.platform.faults.next('res.partner.load', { kind: 'malformed' });
    const ref = await world.erp.customers.create(draft, { idempotencyKey: 'one' });
    expect(await world.erp.customers.get({ email: 'jo@example.com' })).toMatchObject([{ ref }]);
  });

  it('has each customer once, whoever else takes its connections', async () => {
    const world = aWorld(version, {}, { simultaneousCalls: 3 });
    const make = (index: number) => {
      const draft = { name: `Jo ${index}`, email: `jo-${index}@example.com`, shippingAddresses: [] };
      return world.connect().customers.create(draft, { idempotencyKey: `jo-${index}` });
    };
    const eight = Array.from({ length: 8 }, (_, index) => index);
    const ends = await Promise.allSettled(eight.map(make));
    const codes = ends.flatMap((end) => (end.status === 'rejected' ? [(end.reason as CommerceError).code] : []));
    const unsure: readonly string[] = ['write.uncertain', 'platform.unavailable', 'circuit.open'];
    expect(codes.filter((code) => !unsure.includes(code))).toEqual([]);
    expect(world.platform.journal.all.some(({ status }) => status === 500)).toBe(version === '19.0');
    for (const index of eight) {
      const ref = await make(index);
      expect(await world.erp.customers.get({ email: `jo-${index}@example.com` })).toMatchObject([{ ref }]);
    }
  });
});
