import { hmacText, toBase64 } from '@crossdock/core';
import * as z from 'zod';
import { bench, door, webhookFeed, type FakeOptions, type FakePlatform, type Posting } from '@crossdock/testing';
import { handlingAnswer } from './handling-platform.ts';
import { officeAnswer } from './office-platform.ts';
import type { Toy, ToyState } from './state.ts';

export const toyToken = 'toy-token-CANARY';
export const toyEmail = 'canary@example.test';
export const toySecrets = ['first-secret-CANARY', 'other-secret-CANARY'].map(
  (text) => `whsec_${toBase64(new TextEncoder().encode(text))}`,
);
export const strangeSecret = `whsec_${toBase64(new TextEncoder().encode('a stranger'))}`;
export const pageSize = 3;
export const currency = 'GBP';
export const unitsOrdered = 2;
export const callsPerMinute = 100;

const kinds = [
  'orders',
  'products',
  'categories',
  'rules',
  'customers',
  'fulfillments',
  'shipments',
  'returns',
  'refunds',
  'invoices',
  'payments',
  'purchases',
  'receipts',
];

/** A small platform with everything a law asks about: pages, keys, an allowance, signed webhooks. */
export function toyPlatform(options: FakeOptions = {}): FakePlatform<ToyState> {
  const parts = bench(options);
  const { clock } = parts;
  const tables = Object.fromEntries(kinds.map((kind) => [kind, new Map<string, Toy>()]));
  const calls: number[] = [];
  let lastId = 0;
  let lastMessage = 0;

  const state: ToyState = {
    tables,
    stock: new Map(),
    stockedAt: new Map(),
    setStock(sku, available, at = clock.now()) {
      state.stock.set(sku, available);
      state.stockedAt.set(sku, at);
    },
    prices: new Map(),
    offers: [],
    pushed: new Set(),
    answers: new Map(),
    add(kind, status = 'open', more = {}) {
      const id = String(++lastId).padStart(6, '0');
      const record = { counts: {}, said: {}, lists: {}, ...more, id, status, updatedAt: clock.now(), shipped: 0 };
      tables[kind]?.set(record.id, record);
      return record;
    },
    touch(kind, id, at = clock.now()) {
      const record = tables[kind]?.get(id);
      if (record) record.updatedAt = at;
    },
    subscriptions: [],
    subscribe(subscription) {
      state.subscriptions = [...state.subscriptions, { ...subscription, id: `sub-${++lastId}` }];
    },
    posting: (kind, id, secret) => toyPosting(kind, id, secret),
    message: (kind, id) => ({
      body: JSON.stringify({ messageId: `message-${++lastMessage}`, type: `${kind}/changed`, payload: { kind, id } }),
    }),
  };

  async function handle(request: Request): Promise<Response> {
    const now = clock.now();
    while ((calls[0] ?? now) <= now - 60_000) calls.shift();
    if (calls.length >= callsPerMinute) return throttled(60);
    calls.push(now);
    if (request.headers.get('authorization') !== `Bearer ${toyToken}`) return Response.json({}, { status: 401 });
    const text = request.method === 'GET' ? '{}' : await request.text();
    const body = bodySchema.parse(JSON.parse(text));
    const key = request.headers.get('idempotency-key');
    const known = key === null ? undefined : state.answers.get(key);
    const asked = `${request.url} ${text}`;
    if (known && known.asked !== asked) return Response.json({ problem: 'key' }, { status: 409 });
    const answer = known?.answer ?? respond(state, request, body, clock.now());
    if (answer === undefined || answer === 'nothing such') return Response.json({}, { status: 404 });
    if (answer === 'too many') return Response.json({ problem: 'quantity' }, { status: 422 });
    if (answer === 'unknown topic') return Response.json({ problem: 'topic' }, { status: 422 });
    if (answer === 'mismatch') return Response.json({ problem: 'totals' }, { status: 422 });
    if (key !== null) state.answers.set(key, { asked, answer });
    return Response.json(answer);
  }

  return {
    name: 'toy',
    origin: 'https://toy.example.test',
    fetch: door(parts, { origin: 'https://toy.example.test', operation: operationOf, handle, throttled }),
    state,
    clock,
    journal: parts.journal,
    faults: parts.faults,
    webhooks: webhookFeed({ clock, random: parts.random, retryDelaysMs: [], timeoutMs: 5_000 }),
  };
}

const bodySchema = z.looseObject({
  units: z.number().optional(),
  items: z
    .array(
      z.object({
        sku: z.string(),
        available: z.number().optional(),
        expected: z.number().optional(),
        amount: z.string().optional(),
      }),
    )
    .optional(),
});
type Body = z.infer<typeof bodySchema>;

function respond(state: ToyState, request: Request, body: Body, now: number): unknown {
  const { pathname, searchParams } = new URL(request.url);
  const [kind = '', id, verb] = pathname.slice(1).split('/');
  if (kind === 'ping') return { ok: true };
  if (kind === 'stock') return request.method === 'GET' ? readStock(state, searchParams) : writeStock(state, body);
  if (kind === 'levels') return page(levelsOf(state), searchParams);
  if (kind === 'prices') return writePrices(state, body);
  const path = pathname.slice(1).split('/');
  const handled = handlingAnswer(state, request.method, path, body);
  if (handled !== undefined) return handled;
  const office = officeAnswer(state, { method: request.method, path, search: searchParams, body });
  if (office !== undefined) return office;
  const table = state.tables[kind];
  if (!table) return undefined;
  if (id === undefined && request.method === 'POST') return { id: state.add(kind).id };
  if (id === undefined)
    return searchParams.has('email') ? customersBy(table, searchParams) : page([...table.values()], searchParams);
  const record = table.get(id);
  if (!record || verb === undefined) return record;
  record.updatedAt = now;
  return verb === 'cancel' ? cancel(record) : ship(state, record, body.units ?? 0);
}

/** Oldest change first, after a moment and an id. */
function page(records: readonly Placed[], search: URLSearchParams): unknown {
  const after = search.get('after') ?? '';
  const rest = records
    .map((record) => ({ ...record, place: placeOf(record) }))
    .toSorted((one, other) => (one.place < other.place ? -1 : 1))
    .filter(({ place }) => place > after);
  return { items: rest.slice(0, pageSize), more: rest.length > pageSize };
}

/** What has a place in the order of changes. */
export type Placed = Pick<Toy, 'updatedAt' | 'id'>;

export function placeOf({ updatedAt, id }: Placed): string {
  return `${String(updatedAt).padStart(15, '0')}/${id}`;
}

function levelsOf({ stock, stockedAt }: ToyState) {
  return [...stock].map(([sku, available]) => ({ id: sku, updatedAt: stockedAt.get(sku) ?? 0, available }));
}

/** Everybody that has what is asked for; nobody who asks for nothing. */
function customersBy(table: Map<string, Toy>, search: URLSearchParams): unknown {
  const [email, account] = [search.get('email'), search.get('account')];
  if (!email && !account) return { items: [] };
  const items = [...table.values()].filter(
    (customer) =>
      (!email || customer.email?.toLowerCase() === email.toLowerCase()) && (!account || customer.account === account),
  );
  return { items };
}

function cancel(record: Toy): unknown {
  if (record.status === 'shipped' || record.status === 'arrived') return { outcome: 'refused', reason: 'It has left.' };
  record.status = 'canceled';
  return { outcome: 'canceled' };
}

function ship(state: ToyState, order: Toy, units: number): unknown {
  if (order.shipped + units > unitsOrdered) return 'too many';
  order.shipped += units;
  return { id: state.add('shipments').id };
}

function readStock({ stock }: ToyState, search: URLSearchParams): unknown {
  const skus = (search.get('skus') ?? '').split(',');
  return { items: skus.flatMap((sku) => (stock.has(sku) ? [{ sku, available: stock.get(sku) }] : [])) };
}

/** Compares with what the caller expects, unless the wanted number is there already. */
function writeStock(state: ToyState, { items = [] }: Body): unknown {
  return {
    items: items.map(({ sku, available = 0, expected }) => {
      const shown = state.stock.get(sku);
      if (shown === undefined) return { sku, said: 'unknown' };
      if (shown !== available && expected !== undefined && expected !== shown) return { sku, said: 'stale' };
      state.setStock(sku, available);
      return { sku, said: 'ok' };
    }),
  };
}

function writePrices({ prices }: ToyState, { items = [] }: Body): unknown {
  return {
    items: items.map(({ sku, amount = '' }) => {
      if (!prices.has(sku)) return { sku, said: 'unknown' };
      prices.set(sku, amount);
      return { sku, said: 'ok' };
    }),
  };
}

function toyPosting(kind: string, id: string, secret: string): Posting {
  const body = JSON.stringify({ kind, id, buyer: toyEmail });
  const deliveryId = `delivery-${kind}-${id}`;
  return {
    id: deliveryId,
    topic: `${kind}/changed`,
    body,
    url: 'https://receiver.example.test/toy',
    async headers(nowMs) {
      const timestamp = String(Math.floor(nowMs / 1000));
      const key = Uint8Array.from(atob(secret.slice('whsec_'.length)), (letter) => letter.charCodeAt(0));
      const signature = await hmacText('SHA-256', key, `${deliveryId}.${timestamp}.${body}`, 'base64');
      return {
        'webhook-id': deliveryId,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
        'x-topic': `${kind}/changed`,
      };
    },
  };
}

function throttled(seconds: number): Response {
  return Response.json({}, { status: 429, headers: { 'retry-after': String(seconds) } });
}

function operationOf(request: Request): string {
  return `${request.method} ${new URL(request.url).pathname.split('/')[1] ?? ''}`;
}
