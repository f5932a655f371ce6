import { money, type CaptureDraft, type Payment } from '@crossdock/core';
import type { OrderInput } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { between, noted } from './calls.ts';
import { refOf, shopWithGoods } from './shop.ts';

const key = { idempotencyKey: 'key' };

/** An order of 40.00 that is reserved, at a gateway that takes it in parts. */
function reserved(order: Partial<OrderInput> = {}) {
  const scene = shopWithGoods();
  const placed = scene.place({ payments: [{ kind: 'authorization', multiCapturable: true }], ...order });
  const [authorization] = scene.state.transactionsOf(placed.id);
  const draft = (amount: string, currency = 'USD'): CaptureDraft => ({
    order: refOf(placed.id),
    authorization: authorization?.id ?? '',
    amount: money(amount, currency),
  });
  const taken = () => scene.state.transactionsOf(placed.id).filter(({ kind }) => kind === 'CAPTURE');
  const ledger = () => {
    const [metafield] = scene.state.metafields(placed.id);
    const entries: unknown = metafield && JSON.parse(metafield.value);
    return entries;
  };
  return { ...scene, placed, draft, taken, ledger };
}

describe('a capture', () => {
  it('is noted on the order with its key before it is sent, and with its transaction afterwards', async () => {
    const { fake, connect, draft, ledger } = reserved();
    const { calls, fetch } = noted(fake.fetch);
    const { id } = await connect({ fetch }).payments.capture(draft('10.00'), key);
    const names = calls.map(({ operationName }) => operationName);
    expect(names.indexOf('OrderWritesSet')).toBeLessThan(names.indexOf('OrderCapture'));
    expect(ledger()).toMatchObject({ writes: [{ operation: 'payments.capture', result: id }] });
    expect(JSON.stringify(ledger())).not.toContain('"key":"key"');
  });

  it('whose answer was lost is looked up, by whoever asks', async () => {
    const { fake, shop, connect, draft, taken } = reserved();
    fake.faults.next('orderCapture', { kind: 'drop', when: 'after' });
    const { id } = await shop.payments.capture(draft('10.00'), key);
    expect(fake.faults.take('orderCapture')).toBeUndefined();
    expect(taken()).toMatchObject([{ id, amount: '10.00' }]);
    expect(await connect().payments.capture(draft('10.00'), key)).toMatchObject({ id });
    expect(taken()).toHaveLength(1);
  });

  it('that never arrived is in doubt at first, and is sent again a minute later', async () => {
    const { fake, connect, clock, draft, taken } = reserved();
    let isLost = true;
    const fetch = between(fake.fetch, ({ operationName }) => {
      if (operationName !== 'OrderCapture' || !isLost) return undefined;
      throw new TypeError('fetch failed: socket hang up');
    });
    const shop = connect({ fetch });
    await expect(shop.payments.capture(draft('10.00'), key)).rejects.toMatchObject({ name: 'CommerceError' });
    isLost = false;
    await clock.advance(120_000);
    const { id } = await shop.payments.capture(draft('10.00'), key);
    expect(taken()).toMatchObject([{ id }]);
  });

  it('waits while another process is at one of the same order, whatever its key', async () => {
    const { fake, connect, draft, taken } = reserved();
    const other = connect();
    let ended: unknown;
    const fetch = between(fake.fetch, async ({ operationName }) => {
      if (operationName === 'OrderCapture') {
        ended = await other.payments
          .capture(draft('5.00'), { idempotencyKey: 'other' })
          .catch((error: unknown) => error);
      }
      return undefined;
    });
    await connect({ fetch }).payments.capture(draft('10.00'), key);
    expect(ended).toMatchObject({ code: 'write.in-flight', retryable: true });
    expect(taken().map(({ amount }) => amount)).toEqual(['10.00']);
    await other.payments.capture(draft('5.00'), { idempotencyKey: 'other' });
    expect(taken().map(({ amount }) => amount)).toEqual(['10.00', '5.00']);
  });

  it('takes the buyer’s currency, and no other', async () => {
    const { shop, draft, taken } = reserved({ presentment: { currency: 'GBP', rate: '0.5' } });
    await expect(shop.payments.capture(draft('10.00'), key)).rejects.toMatchObject({ code: 'money.invalid' });
    await shop.payments.capture(draft('10.00', 'GBP'), key);
    expect(taken()).toMatchObject([{ amount: '20.00', presented: '10.00' }]);
  });

  it.each<[string, Pick<OrderInput, 'presentment'>]>([
    ['10.005', {}],
    ['1000.4', { presentment: { currency: 'JPY', rate: '150' } }],
  ])('of %s is not sent: Shopify would take another sum, and nobody knew it again', async (amount, order) => {
    const { connect, fake, clock, draft, taken } = reserved(order);
    let isFirst = true;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      const isMeant = (await request.clone().text()).includes('"operationName":"OrderCapture"') && isFirst;
      const answer = await fake.fetch(request);
      isFirst &&= !isMeant;
      if (isMeant) throw new TypeError('fetch failed: socket hang up');
      return answer;
    };
    const currency = order.presentment?.currency ?? 'USD';
    for (let round = 0; round < 2; round += 1) {
      const capturing = connect({ fetch }).payments.capture(draft(amount, currency), key);
      await expect(capturing).rejects.toMatchObject({ code: 'money.invalid' });
      await clock.advance(200_000);
    }
    expect(taken()).toEqual([]);
  });

  it('is refused where nothing is reserved any more: taken in one, let go, run out', async () => {
    const { shop, state, draft, placed } = reserved({ payments: [{ kind: 'authorization' }] });
    await shop.payments.capture(draft('10.00'), key);
    const rest = shop.payments.capture(draft('5.00'), { idempotencyKey: 'rest' });
    await expect(rest).rejects.toMatchObject({ code: 'record.rejected' });
    const other = reserved();
    other.state.voidOrder(other.placed.id);
    await expect(other.shop.payments.capture(other.draft('1.00'), key)).rejects.toMatchObject({
      code: 'record.rejected',
    });
    expect(state.transactionsOf(placed.id)).toHaveLength(2);
  });

  it('that Shopify refused leaves its key free', async () => {
    const { shop, draft, taken, ledger } = reserved();
    await expect(shop.payments.capture(draft('41.00'), key)).rejects.toMatchObject({ code: 'record.rejected' });
    expect(ledger()).toBeUndefined();
    await shop.payments.capture(draft('40.00'), key);
    expect(taken()).toMatchObject([{ amount: '40.00' }]);
  });

  it('that the gateway refused may be asked for again at once', async () => {
    const { fake, connect, draft, taken } = reserved();
    let refusals = 1;
    const fetch = between(fake.fetch, ({ operationName }) => {
      if (operationName !== 'OrderCapture' || refusals === 0) return undefined;
      refusals -= 1;
      return { orderCapture: { transaction: null, userErrors: [{ field: null, message: 'The bank said no.' }] } };
    });
    const shop = connect({ fetch });
    await expect(shop.payments.capture(draft('10.00'), key)).rejects.toMatchObject({ code: 'record.rejected' });
    await shop.payments.capture(draft('10.00'), key);
    expect(taken()).toHaveLength(1);
  });

  it('is not sent where somebody else wrote what the key is noted in', async () => {
    const { shop, state, placed, draft, taken } = reserved();
    await shop.payments.capture(draft('1.00'), key);
    const [metafield] = state.metafields(placed.id);
    if (metafield) state.setMetafield(placed.id, { ...metafield, value: '{"writes":"none"}' });
    const next = shop.payments.capture(draft('2.00'), { idempotencyKey: 'next' });
    await expect(next).rejects.toMatchObject({ code: 'record.invalid' });
    expect(taken()).toHaveLength(1);
  });
});

describe('the money of an order', () => {
  it('is what came in, with every transaction, and what is due while nothing did', async () => {
    const { shop, place, draft, placed } = reserved();
    await shop.payments.capture(draft('10.00'), key);
    const pending = place({ financialStatus: 'pending' });
    const payments: Payment[] = [];
    for await (const { items } of shop.payments.pull({})) payments.push(...items);
    const of = (id: string) => payments.find(({ order }) => order?.id === id);
    expect(of(placed.id)).toMatchObject({ status: 'partially-paid', amount: { amount: '10.00' } });
    expect(of(placed.id)?.transactions.map(({ kind }) => kind)).toEqual(['authorization', 'capture']);
    expect(of(pending.id)).toMatchObject({ status: 'pending', amount: { amount: '40.00' } });
  });
});
