import { setTimeout as pause } from 'node:timers/promises';
import { fakeOdoo } from '@crossdock/testing';
import { listen } from '@crossdock/testing/listen';
import * as z from 'zod';
import { answerOf, faultOf, readCall } from './xml-rpc.ts';

// What Odoo 19.0 takes on two cores with PostgreSQL on the same host, in milliseconds: for a call, and for each record in it.
// Measured 2026-11-23 are an order alone (91) and in a batch of a hundred (13), and a confirmation alone (60). Reckoned from
// these are a confirmation in a batch (38) and a customer alone (40); the way to the server and back within a country (20)
// is taken for usual.
const network = 20;
const costs: readonly (readonly [RegExp, number, number])[] = [
  [/^sale\.order\.(create|load)$/, 78, 13],
  [/^sale\.order\.action_confirm$/, 22, 38],
  [/^sale\.order\.line\.create$/, 10, 15],
  [/^res\.partner\.(create|load)$/, 32, 8],
  [/\.(create|write|load)$/, 10, 5],
  [/./, 7, 0.2],
];

/** A fake Odoo on a socket that takes as long as a real one, speaks XML-RPC too, and counts what it is asked. */
export async function slowOdoo(skus: readonly string[]) {
  const platform = fakeOdoo({ version: '19.0' });
  for (const sku of skus) platform.state.addProduct({ sku, name: sku, price: 10, onHand: 1_000_000, taxes: [] });
  let roundTrips = 0;
  const door = await listen({
    async fetch(input) {
      const request = new Request(input);
      roundTrips++;
      const { pathname } = new URL(request.url);
      const body = await request.text();
      const isXml = pathname.startsWith('/xmlrpc');
      const asked = isXml ? fromXml(pathname, body) : { body, path: pathname };
      const answer = await platform.fetch(
        new Request(`${platform.origin}${asked.path}`, {
          method: request.method,
          headers: isXml ? { 'content-type': 'application/json' } : request.headers,
          ...(request.method === 'GET' ? {} : { body: asked.body }),
        }),
      );
      await pause(costOf(asked.path, asked.body));
      return isXml ? toXml(answer) : answer;
    },
  });
  return {
    server: { url: door.url, database: 'odoo', login: 'connector', apiKey: 'odoo-api-key' },
    trips: () => roundTrips,
    close: door.close,
  };
}

const legacy = z.object({ params: z.object({ args: z.array(z.unknown()) }) });
const batch = z.object({
  ids: z.array(z.unknown()).optional(),
  vals_list: z.array(z.unknown()).optional(),
  fields: z.array(z.string()).optional(),
  data: z.array(z.array(z.unknown())).optional(),
});

function costOf(path: string, body: string): number {
  const json: unknown = body === '' ? {} : JSON.parse(body);
  const rpc = legacy.safeParse(json);
  const args = rpc.success ? rpc.data.params.args : [];
  const operation = path.startsWith('/json/2/')
    ? path.slice('/json/2/'.length).replace(/\/([^/]*)$/, '.$1')
    : args.length > 4
      ? `${String(args[3])}.${String(args[4])}`
      : 'common.version';
  const many = batch.safeParse(json).data;
  // The first column of a record's first row is its id; its further rows leave it empty.
  const loaded = many?.data?.filter(([first]) => first !== '').length;
  const records = loaded ?? many?.vals_list?.length ?? many?.ids?.length ?? 1;
  const [, fixed = 7, each = 0] = costs.find(([pattern]) => pattern.test(operation)) ?? [];
  return network + fixed + each * records;
}

function fromXml(pathname: string, xml: string) {
  const { method, params } = readCall(xml);
  const service = pathname.endsWith('/common') ? 'common' : 'object';
  const call = { jsonrpc: '2.0', method: 'call', id: 1, params: { service, method, args: params } };
  return { path: '/jsonrpc', body: JSON.stringify(call) };
}

const rpcAnswer = z.object({
  result: z.unknown().optional(),
  error: z.object({ data: z.object({ message: z.string() }) }).optional(),
});

async function toXml(answer: Response): Promise<Response> {
  const { result, error } = rpcAnswer.parse(await answer.json());
  const xml = error ? faultOf(error.data.message) : answerOf(result ?? false);
  return new Response(xml, { headers: { 'content-type': 'text/xml' } });
}
