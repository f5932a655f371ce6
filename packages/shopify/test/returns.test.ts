import type { PageProblem, Return, ReturnReceipt } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { between, noted } from './calls.ts';
import { refOf, shopWithGoods } from './shop.ts';

const key = { idempotencyKey: 'key' };
const dollars = (amount: string) => ({ amount, currency: 'USD' });
const returnRef = (id: string) => ({ system: 'shopify', kind: 'return', id }) as const;

/** An order of 3 TEE and 2 MUG that was shipped. */
function shipped() {
  const scene = shopWithGoods();
  const placed = scene.place();
  scene.state.shipOrder(placed.id);
  const draft = (quantity: number, reason?: string) => ({
    number: 'RMA-1',
    order: refOf(placed.id),
    lines: [{ id: 'our-1', sku: 'TEE', quantity, ...(reason !== undefined && { reason }) }],
  });
  const returns = () => scene.state.returnsOf(placed.id);
  return { ...scene, placed, draft, returns };
}

const receiptOf = (id: string, lines: readonly Partial<ReturnReceipt['lines'][number]>[]): ReturnReceipt => ({
  return: returnRef(id),
  lines: lines.map((line) => ({ sku: 'TEE', received: 1, condition: 'sellable', disposition: 'restock', ...line })),
  receivedAt: '2026-11-02T10:00:00Z',
});

describe('a return that is opened', () => {
  it('has our number behind the reason, cut to what Shopify takes', async () => {
    const { shop, draft, returns } = shipped();
    const { id } = await shop.returns.create(draft(2, 'too small '.repeat(40)), key);
    const [made] = returns();
    expect(made).toMatchObject({ id, status: 'OPEN', lines: [{ sku: 'TEE', quantity: 2 }] });
    expect(made?.lines[0]?.note).toMatch(/^too small .*\[crossdock\/RMA-1 [0-9a-f]{16}-[0-9a-f]{16}\]$/);
    expect(made?.lines[0]?.note.length).toBeLessThanOrEqual(255);
    expect((await shop.returns.get(returnRef(id)))?.lines[0]?.reason).toMatch(/^too small[^[]*$/);
  });

  it('is one for its number, and another content under it is told', async () => {
    const { shop, connect, draft, returns } = shipped();
    const first = await shop.returns.create(draft(1), key);
    expect(await connect().returns.create(draft(1), { idempotencyKey: 'another' })).toEqual(first);
    await expect(shop.returns.create(draft(2), key)).rejects.toMatchObject({ code: 'key.reused' });
    const other = shop.returns.create(draft(2), { idempotencyKey: 'third' });
    await expect(other).rejects.toMatchObject({ code: 'record.duplicate' });
    expect(returns()).toHaveLength(1);
  });

  it('takes the goods of the shipment that is named', async () => {
    const { shop, state, place } = shopWithGoods();
    const { id } = place();
    state.shipOrder(id, { lines: [{ sku: 'TEE', quantity: 1 }] });
    const second = state.shipOrder(id, { lines: [{ sku: 'TEE', quantity: 2 }] });
    const shipment = { system: 'shopify', kind: 'shipment', id: second.id } as const;
    const draft = { number: 'RMA-2', order: refOf(id), shipment, lines: [{ id: '1', sku: 'TEE', quantity: 2 }] };
    await shop.returns.create(draft, key);
    const three = { ...draft, number: 'RMA-3', lines: [{ id: '1', sku: 'TEE', quantity: 2 }] };
    const more = shop.returns.create(three, { idempotencyKey: 'more' });
    await expect(more).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('0 of "TEE"') as string,
    });
  });
});

describe('goods that came back', () => {
  it('are booked with what is done with them', async () => {
    const { shop, state, placed, returns } = shipped();
    const { id } = state.openReturn(placed.id);
    const before = state.available('TEE');
    await shop.returns.confirm(
      receiptOf(id, [
        { received: 1, disposition: 'restock' },
        { received: 1, disposition: 'dispose' },
        { received: 1, disposition: 'rework' },
      ]),
      key,
    );
    expect(state.available('TEE')).toBe(before + 1);
    const dispositions = returns()[0]?.dispositions.map(({ type, quantity }) => `${quantity} ${type}`);
    expect(dispositions?.toSorted()).toEqual(['1 NOT_RESTOCKED', '1 PROCESSING_REQUIRED', '1 RESTOCKED']);
    expect(returns()[0]?.status).toBe('OPEN');
    const open = await shop.returns.get(returnRef(id));
    expect(open?.status).toBe('approved');
    expect(
      open?.lines.map(({ sku, expected, received, disposition }) => [sku, expected, received, disposition]),
    ).toEqual([
      ['TEE', 1, 1, 'restock'],
      ['TEE', 1, 1, 'quarantine'],
      ['TEE', 1, 1, 'pending'],
      ['MUG', 2, undefined, 'pending'],
    ]);
    await shop.returns.confirm(receiptOf(id, [{ sku: 'MUG', received: 2 }]), { idempotencyKey: 'rest' });
    // One unit is to be worked on first.
    expect(returns()[0]?.status).toBe('OPEN');
  });

  it('close the return once all of them are dealt with, and not again when somebody opens it', async () => {
    const { shop, connect, state, placed, returns } = shipped();
    const { id } = state.openReturn(placed.id);
    await shop.returns.confirm(receiptOf(id, [{ received: 3 }]), key);
    expect(returns()[0]?.status).toBe('OPEN');
    const rest = receiptOf(id, [{ sku: 'MUG', received: 2 }]);
    await shop.returns.confirm(rest, { idempotencyKey: 'rest' });
    expect((await shop.returns.get(returnRef(id)))?.status).toBe('closed');
    state.reopenReturn(id);
    await connect().returns.confirm(rest, { idempotencyKey: 'rest' });
    await connect().returns.confirm(receiptOf(id, [{ received: 3 }]), key);
    expect(returns()[0]?.status).toBe('OPEN');
  });

  it('close it also where the process died between the two', async () => {
    const { fake, connect, state, placed, returns } = shipped();
    const { id } = state.openReturn(placed.id, { lines: [{ sku: 'TEE', quantity: 1 }] });
    let isDead = true;
    const fetch = between(fake.fetch, ({ operationName }) => {
      if (operationName !== 'ReturnClose' || !isDead) return undefined;
      throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
    });
    const shop = connect({ fetch });
    await expect(shop.returns.confirm(receiptOf(id, [{}]), key)).rejects.toMatchObject({ name: 'CommerceError' });
    isDead = false;
    await shop.returns.confirm(receiptOf(id, [{}]), key);
    expect(returns()).toMatchObject([{ status: 'CLOSED', lines: [{ processed: 1 }] }]);
  });

  it('that are all to be worked on leave it open', async () => {
    const { shop, state, placed, returns } = shipped();
    const { id } = state.openReturn(placed.id, { lines: [{ sku: 'TEE', quantity: 1 }] });
    await shop.returns.confirm(receiptOf(id, [{ disposition: 'rework' }]), key);
    expect(returns()).toMatchObject([{ status: 'OPEN', lines: [{ processed: 1 }] }]);
  });

  it('and were disposed of in Shopify before are booked as they are', async () => {
    const { shop, fake, state, placed, returns } = shipped();
    const { id } = state.openReturn(placed.id, { lines: [{ sku: 'TEE', quantity: 2 }] });
    await disposeOne(fake, id);
    const before = state.available('TEE');
    const bin = shop.returns.confirm(receiptOf(id, [{ received: 2, disposition: 'dispose' }]), key);
    await expect(bin).rejects.toMatchObject({ code: 'record.rejected' });
    await shop.returns.confirm(receiptOf(id, [{ received: 2 }]), { idempotencyKey: 'right' });
    expect(state.available('TEE')).toBe(before + 1);
    expect(returns()).toMatchObject([{ status: 'CLOSED', lines: [{ processed: 2 }] }]);
    expect(returns()[0]?.dispositions.map(({ quantity }) => quantity)).toEqual([1, 1]);
  });

  it('have the SKU of the order to the letter, as the order itself and its shipments have it', async () => {
    const { shop, state } = shopWithGoods();
    const sku = 'TEE-RED ';
    const placed = state.placeOrder({ lines: [{ sku, title: 'Tee', unitPrice: '10.00', quantity: 1 }] });
    state.shipOrder(placed.id);
    const order = await shop.orders.get(refOf(placed.id));
    expect(order?.lines.map((line) => line.sku)).toEqual([sku]);
    const draft = { number: 'RMA', order: refOf(placed.id), lines: [{ id: '1', sku, quantity: 1 }] };
    const { id } = await shop.returns.create(draft, { idempotencyKey: 'open' });
    const ref = { system: 'shopify', kind: 'return', id } as const;
    expect((await shop.returns.get(ref))?.lines.map((line) => line.sku)).toEqual([sku]);
    const line = { sku, received: 1, condition: 'sellable', disposition: 'restock' } as const;
    await shop.returns.confirm(
      { return: ref, receivedAt: '2026-11-02T10:00:00Z', lines: [line] },
      { idempotencyKey: 'arrival' },
    );
    expect(state.returnsOf(placed.id)).toMatchObject([{ status: 'CLOSED' }]);
  });

  it('approve a return that was only asked for', async () => {
    const { shop, state, placed, returns } = shipped();
    const { id } = state.openReturn(placed.id, { requested: true });
    expect((await shop.returns.get(returnRef(id)))?.status).toBe('requested');
    await shop.returns.confirm(receiptOf(id, [{ received: 1 }]), key);
    expect(returns()[0]).toMatchObject({
      status: 'OPEN',
      lines: expect.arrayContaining([expect.objectContaining({ sku: 'TEE', processed: 1 })]) as unknown,
    });
  });

  it('are not booked on a return that was declined, nor more than was expected', async () => {
    const { fake, connect, state, placed } = shipped();
    const { calls, fetch } = noted(fake.fetch);
    const shop = connect({ fetch });
    const asked = state.openReturn(placed.id, { requested: true, lines: [{ sku: 'TEE', quantity: 1 }] });
    const two = shop.returns.confirm(receiptOf(asked.id, [{ received: 2 }]), key);
    await expect(two).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('1 of "TEE"') as string,
    });
    state.cancelReturn(asked.id);
    const late = shop.returns.confirm(receiptOf(asked.id, [{ received: 1 }]), { idempotencyKey: 'late' });
    await expect(late).rejects.toMatchObject({ code: 'record.rejected' });
    expect(calls.filter(({ operationName }) => operationName === 'ReturnProcess')).toEqual([]);
  });

  it('move no money', async () => {
    const { shop, state, placed } = shipped();
    const { id } = state.openReturn(placed.id);
    await shop.returns.confirm(receiptOf(id, [{ received: 3 }, { sku: 'MUG', received: 2 }]), key);
    expect(state.transactionsOf(placed.id).filter(({ kind }) => kind === 'REFUND')).toEqual([]);
    const refunds = [];
    for await (const { items } of shop.refunds.pull({})) refunds.push(...items);
    expect(refunds.length).toBe(0);
  });
});

describe('the money for what came back', () => {
  it('is given with the return that took the units off the order, and never more than is owed', async () => {
    const { shop, state, placed } = shipped();
    const { id } = state.openReturn(placed.id, { lines: [{ sku: 'TEE', quantity: 2 }] });
    await shop.returns.confirm(receiptOf(id, [{ received: 2 }]), key);
    const refund = (quantity: number, amount: string) => ({
      number: 'R-1',
      order: refOf(placed.id),
      return: returnRef(id),
      lines: [
        {
          orderLineId: placed.lines[0]?.id ?? '',
          quantity,
          amount: dollars(amount),
          tax: dollars('0.00'),
          restocked: true,
        },
      ],
      total: dollars(amount),
      refundedAt: '2026-11-03T10:00:00Z',
    });
    const tooMuch = shop.refunds.create(refund(2, '25.00'), { idempotencyKey: 'much' });
    await expect(tooMuch).rejects.toMatchObject({ code: 'totals.mismatch' });
    const tooMany = shop.refunds.create(refund(3, '30.00'), { idempotencyKey: 'many' });
    await expect(tooMany).rejects.toMatchObject({ code: 'record.rejected' });
    await shop.refunds.create(refund(2, '20.00'), { idempotencyKey: 'refund' });
    const back = state.transactionsOf(placed.id).filter(({ kind }) => kind === 'REFUND');
    expect(back.map(({ amount }) => amount)).toEqual(['20.00']);
    const again = shop.refunds.create({ ...refund(2, '20.00'), number: 'R-2' }, { idempotencyKey: 'again' });
    await expect(again).rejects.toMatchObject({ code: 'record.duplicate' });
  });
});

describe('a return without a SKU', () => {
  it('is a problem of its page, and the others come', async () => {
    const { shop, state, place, placed } = shipped();
    const nameless = place({ lines: [{ title: 'Sample', unitPrice: '1.00', quantity: 1 }] });
    state.shipOrder(nameless.id);
    const bad = state.openReturn(nameless.id);
    const good = state.openReturn(placed.id);
    const returns: Return[] = [];
    const problems: PageProblem[] = [];
    for await (const page of shop.returns.pull({})) {
      returns.push(...page.items);
      problems.push(...(page.problems ?? []));
    }
    expect(problems).toMatchObject([{ ref: { id: bad.id }, error: { code: 'sku.missing' } }]);
    expect(returns.map(({ ref }) => ref.id)).toEqual([good.id]);
  });
});

/** One unit of a return, back in stock by somebody's hand. */
async function disposeOne({ fetch, state }: ReturnType<typeof shopWithGoods>['fake'], id: string): Promise<void> {
  const ask = async (query: string, variables: object): Promise<string> => {
    const answer = await fetch('https://acme.myshopify.com/admin/api/2026-07/graphql.json', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-shopify-access-token': state.accessToken },
      body: JSON.stringify({ query, variables }),
    });
    return answer.text();
  };
  const found = await ask(
    'query($id:ID!){return(id:$id){reverseFulfillmentOrders(first:1){nodes{lineItems(first:1){nodes{id}}}}}}',
    { id },
  );
  const [line] = /gid:\/\/shopify\/ReverseFulfillmentOrderLineItem\/\d+/.exec(found) ?? [];
  const wanted = {
    reverseFulfillmentOrderLineItemId: line,
    quantity: 1,
    locationId: state.locations[0]?.id,
    dispositionType: 'RESTOCKED',
  };
  await ask(
    'mutation($i:[ReverseFulfillmentOrderDisposeInput!]!){reverseFulfillmentOrderDispose(dispositionInputs:$i){userErrors{message}}}',
    { i: [wanted] },
  );
}
