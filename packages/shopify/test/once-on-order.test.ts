import { isCommerceError, money, type CaptureDraft, type ReturnReceipt } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { between, noted } from './calls.ts';
import { refOf, shopWithGoods } from './shop.ts';

const key = { idempotencyKey: 'key' };
const returnRef = (id: string) => ({ system: 'shopify', kind: 'return', id }) as const;

/** An order of 40.00 that is reserved at a gateway that takes it in parts, and all of it shipped. */
function scene() {
  const shop = shopWithGoods();
  const placed = shop.place({ payments: [{ kind: 'authorization', multiCapturable: true }] });
  shop.state.shipOrder(placed.id);
  const [authorization] = shop.state.transactionsOf(placed.id);
  const draft = (amount: string): CaptureDraft => ({
    order: refOf(placed.id),
    authorization: authorization?.id ?? '',
    amount: money(amount, 'USD'),
  });
  const taken = () => shop.state.transactionsOf(placed.id).filter(({ kind }) => kind === 'CAPTURE');
  return { ...shop, placed, draft, taken };
}

const receipt = (id: string, received: number, sku = 'TEE'): ReturnReceipt => ({
  return: returnRef(id),
  lines: [{ sku, received, condition: 'sellable', disposition: 'restock' }],
  receivedAt: '2026-11-02T10:00:00Z',
});

/** As it stands in the metafield. */
const entry = (index: number, more: object) => ({
  operation: 'payments.capture',
  subject: `gid://shopify/OrderTransaction/${index}`,
  key: `key-${index}`,
  content: 'content',
  ...more,
});

/** Says "too many" to the first calls of a document, as Shopify's own gates do. */
function tooMany(fetch: typeof globalThis.fetch, document: string, times: number, seconds: number): typeof fetch {
  let left = times;
  return async (input, init) => {
    const request = new Request(input, init);
    const isMeant = (await request.clone().text()).includes(`"operationName":"${document}"`);
    if (!isMeant || left === 0) return fetch(request);
    left -= 1;
    return new Response('{"errors":"Too many"}', { status: 429, headers: { 'retry-after': String(seconds) } });
  };
}

const codeOf = (error: unknown) => (isCommerceError(error) ? error.code : String(error));

describe('a capture that Shopify has no room for', () => {
  it.each(['OrderCapture', 'OrderWritesSet'])('at %s is taken once, whoever comes meanwhile', async (document) => {
    const { fake, clock, connect, draft, taken } = scene();
    const first = connect({ fetch: tooMany(fake.fetch, document, 2, 40) });
    const other = connect();
    const capturing = first.payments.capture(draft('10.00'), key);
    for (const afterMs of [30_000, 35_000, 16_000]) {
      await clock.advance(afterMs);
      await other.payments.capture(draft('10.00'), key).catch(codeOf);
    }
    await capturing.catch(codeOf);
    await clock.advance(300_000);
    await other.payments.capture(draft('10.00'), key);
    expect(taken().map(({ amount }) => amount)).toEqual(['10.00']);
  });

  it('is not sent after its time, and noted anew', async () => {
    const { fake, connect, draft, taken } = scene();
    const { calls, fetch } = noted(tooMany(fake.fetch, 'OrderCapture', 2, 40));
    await connect({ fetch }).payments.capture(draft('10.00'), key);
    const writes = calls
      .map(({ operationName }) => operationName)
      .filter((name) => name === 'OrderCapture' || name === 'OrderWritesSet');
    // Twice within the first time; the wait behind it outlasts that.
    expect(writes).toEqual([
      'OrderWritesSet',
      'OrderCapture',
      'OrderCapture',
      'OrderWritesSet',
      'OrderCapture',
      'OrderWritesSet',
    ]);
    expect(taken()).toHaveLength(1);
  });

  it('for long is given up, and its key is free at once', async () => {
    const { fake, connect, draft, taken } = scene();
    const fetch = tooMany(fake.fetch, 'OrderCapture', 6, 50);
    const shop = connect({ fetch });
    await expect(shop.payments.capture(draft('10.00'), key)).rejects.toMatchObject({
      code: 'platform.throttled',
      retryable: true,
    });
    expect(taken()).toEqual([]);
    await connect().payments.capture(draft('10.00'), key);
    expect(taken()).toHaveLength(1);
  });
});

describe('a process whose clock is wrong', () => {
  it.each([61_000, 3_600_000, -3_600_000])('by %d ms takes nothing over that another one is at', async (wrongMs) => {
    const { fake, clock, connect, draft, taken } = scene();
    const wrong = { ...clock, now: () => clock.now() + wrongMs, elapsed: () => clock.now() + wrongMs };
    let ended: unknown;
    const fetch = between(fake.fetch, async ({ operationName }) => {
      if (operationName !== 'OrderCapture' || ended !== undefined) return undefined;
      ended = 'asked';
      const other = connect({ clock: wrong }).payments.capture(draft('10.00'), key);
      ended = await other.catch((error: unknown) => error);
      return undefined;
    });
    await connect({ fetch }).payments.capture(draft('10.00'), key);
    expect(ended).toMatchObject({ code: 'write.in-flight', retryAfterMs: expect.any(Number) as number });
    expect(taken()).toHaveLength(1);
  });

  it('takes over what was left, once Shopify’s clock says so', async () => {
    const { fake, clock, connect, draft, taken } = scene();
    const slow = { ...clock, now: () => clock.now() - 86_400_000 };
    let isLost = true;
    const fetch = between(fake.fetch, ({ operationName }) => {
      if (operationName !== 'OrderCapture' || !isLost) return undefined;
      isLost = false;
      throw new TypeError('fetch failed: socket hang up');
    });
    const shop = connect({ fetch });
    await expect(shop.payments.capture(draft('10.00'), key)).rejects.toMatchObject({ code: 'write.uncertain' });
    const other = () => connect({ clock: slow }).payments.capture(draft('10.00'), key);
    await expect(other()).rejects.toMatchObject({ code: 'write.in-flight' });
    await clock.advance(60_000);
    await expect(other()).rejects.toMatchObject({ code: 'write.in-flight' });
    await clock.advance(60_000);
    await other();
    expect(taken()).toHaveLength(1);
  });
});

describe('a capture that was given up and landed late', () => {
  it('belongs to its key, also where another key looked for it', async () => {
    const { fake, clock, connect, draft, taken } = scene();
    let held: Request | undefined;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      if (held || !(await request.clone().text()).includes('mutation OrderCapture')) return fake.fetch(request);
      held = new Request(request, { signal: null });
      throw new TypeError('fetch failed');
    };
    await expect(connect({ fetch }).payments.capture(draft('10.00'), key)).rejects.toMatchObject({
      code: 'write.uncertain',
    });
    await clock.advance(100_000);
    if (held) await fake.fetch(held);
    await connect().payments.capture(draft('10.00'), { idempotencyKey: 'other' });
    await connect().payments.capture(draft('10.00'), key);
    expect(taken()).toHaveLength(2);
  });
});

describe('a booking of which nobody can tell whether it was made', () => {
  it('holds up no other return, and no other booking of its own once it is over', async () => {
    const { fake, clock, connect, state, placed } = scene();
    const mine = state.openReturn(placed.id, { lines: [{ sku: 'TEE', quantity: 3 }] });
    const others = state.openReturn(placed.id, { lines: [{ sku: 'MUG', quantity: 2 }] });
    let isLost = true;
    const fetch = between(fake.fetch, ({ operationName }) => {
      if (operationName !== 'ReturnProcess' || !isLost) return undefined;
      isLost = false;
      throw new TypeError('fetch failed: socket hang up');
    });
    const lost = connect({ fetch }).returns.confirm(receipt(mine.id, 2), key);
    await expect(lost).rejects.toMatchObject({ code: 'write.uncertain' });
    state.processReturn(mine.id, { lines: [{ sku: 'TEE', quantity: 1 }] });
    await connect().returns.confirm(receipt(others.id, 2, 'MUG'), { idempotencyKey: 'others' });
    const next = () => connect().returns.confirm(receipt(mine.id, 1), { idempotencyKey: 'next' });
    await expect(next()).rejects.toMatchObject({
      code: 'write.in-flight',
      message: expect.stringContaining(mine.id) as string,
    });
    await clock.advance(120_000);
    await next();
    const again = connect().returns.confirm(receipt(mine.id, 2), key);
    await expect(again).rejects.toMatchObject({ code: 'write.uncertain' });
    const processed = state.returnsOf(placed.id).flatMap(({ lines }) => lines.map((line) => line.processed));
    expect(processed).toEqual([2, 2]);
  });
});

describe('a return’s number', () => {
  it('is of one return, also where another key takes it at the same moment', async () => {
    const { fake, connect, state, placed } = scene();
    const draft = { number: 'RMA', order: refOf(placed.id), lines: [{ id: '1', sku: 'TEE', quantity: 1 }] };
    for (const document of ['OrderWrites', 'ReturnNotes', 'ReturnableGoods', 'OrderWritesSet']) {
      let other: string | undefined;
      const fetch = between(fake.fetch, async ({ operationName }) => {
        if (operationName !== document || other !== undefined) return undefined;
        other = 'asked';
        const made = connect().returns.create({ ...draft, number: document }, { idempotencyKey: `a ${document}` });
        other = (await made).id;
        return undefined;
      });
      const own = await connect({ fetch }).returns.create(
        { ...draft, number: document },
        { idempotencyKey: `b ${document}` },
      );
      expect(own.id).toBe(other);
      state.cancelReturn(own.id);
    }
    expect(state.returnsOf(placed.id)).toHaveLength(4);
  });
});

describe('what is noted on an order', () => {
  it('stays far below what a metafield holds, however large the return and however many its bookings', async () => {
    const { shop, state } = shopWithGoods();
    const goods = Array.from({ length: 200 }, (_, index) => ({ sku: `S${index}`, title: `S${index}` }));
    const placed = state.placeOrder({ lines: goods.map((line) => ({ ...line, unitPrice: '10.00', quantity: 2 })) });
    state.shipOrder(placed.id);
    const reason = 'Damaged in transit; '.repeat(20);
    const lines = goods.map(({ sku }) => ({ id: sku, sku, quantity: 2, reason }));
    const { id } = await shop.returns.create({ number: 'RMA', order: refOf(placed.id), lines }, key);
    const size = () => new TextEncoder().encode(state.metafields(placed.id)[0]?.value).length;
    for (const name of ['first', 'second']) {
      const arrived = goods.map(
        ({ sku }) => ({ sku, received: 1, condition: 'sellable', disposition: 'restock' }) as const,
      );
      const all = { return: returnRef(id), lines: arrived, receivedAt: '2026-11-02T10:00:00Z' };
      await shop.returns.confirm(all, { idempotencyKey: name });
    }
    expect(state.returnsOf(placed.id)).toMatchObject([{ status: 'CLOSED' }]);
    expect(size()).toBeLessThan(2000);
  });

  it('forgets the oldest results where it has no room, and nothing that is open', async () => {
    const { shop, state, placed, draft, taken } = scene();
    await shop.payments.capture(draft('1.00'), key);
    const [metafield] = state.metafields(placed.id);
    if (!metafield) throw new Error('Nothing is noted.');
    const old = Array.from({ length: 700 }, (_, index) => entry(index, { result: 'gid://shopify/OrderTransaction/1' }));
    const open = entry(1000, { open: { attempt: 'one', leaseMs: 107_000, trace: {} } });
    const doubtful = entry(1001, {});
    const value = JSON.stringify({ writes: [open, doubtful, ...old] });
    state.setMetafield(placed.id, { ...metafield, value });
    await shop.payments.capture(draft('2.00'), { idempotencyKey: 'next' });
    const kept = state.metafields(placed.id)[0]?.value ?? '';
    expect(new TextEncoder().encode(kept).length).toBeLessThanOrEqual(100_000);
    expect(kept).toContain('"key-1000"');
    expect(kept).toContain('"key-1001"');
    expect(kept).not.toContain('"key-0"');
    expect(kept).toContain('"key-699"');
    expect(taken()).toHaveLength(2);
  });
});
