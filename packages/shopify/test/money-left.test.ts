import { money, type CaptureDraft, type Ref } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { between } from './calls.ts';
import { cameBack } from './came-back.ts';
import { refundTransactions } from '../src/refund-payments.ts';
import { refOf, shopWithGoods } from './shop.ts';

const dollars = (amount: string) => money(amount, 'USD');
const bag = (amount: string) => {
  const sum = { amount, currencyCode: 'USD' };
  return { shopMoney: sum, presentmentMoney: sum };
};
const pageInfo = { hasNextPage: false, endCursor: null };

interface Movement {
  readonly id: string;
  readonly kind: string;
  readonly status?: string;
  readonly gateway?: string;
  readonly amount: string;
  readonly of?: string;
}

function transactionOf({ id, kind, status = 'SUCCESS', gateway = 'card', amount, of }: Movement) {
  return { id, kind, status, gateway, amountSet: bag(amount), parentTransaction: of === undefined ? null : { id: of } };
}

/** What goes back on which payment, of money alone that Shopify suggests nothing for. */
function given(total: string, movements: readonly Movement[]): readonly (readonly [string | null, string])[] {
  const order: Ref<'order'> = { system: 'shopify', kind: 'order', id: 'order' };
  const nothing = {
    amountSet: bag('0.0'),
    maximumRefundableSet: bag('0.0'),
    shipping: { maximumRefundableSet: bag('0.0'), amountSet: bag('0.0'), taxSet: bag('0.0') },
    suggestedTransactions: [],
  };
  const transactions = refundTransactions({
    about: { system: 'shopify', order, what: 'Refund "R-1" was not given' },
    order: {
      name: '#1001',
      taxesIncluded: false,
      currencyCode: 'USD',
      presentmentCurrencyCode: 'USD',
      totalOutstandingSet: bag('0.0'),
      refunds: [],
      transactions: movements.map(transactionOf),
      suggestedRefund: nothing,
    },
    total: dollars(total),
    side: 'shopMoney',
    goods: undefined,
    all: nothing,
    alone: dollars(total),
  });
  return transactions.map(({ parentId, amount }) => [parentId, amount]);
}

const sale = { id: 'sale', kind: 'SALE', amount: '40.00' };

describe('what payments can still give back', () => {
  it.each([
    ['a refund that its gateway has not confirmed', { kind: 'REFUND', status: 'PENDING', of: 'sale' }],
    ['a refund that names no payment', { kind: 'REFUND' }],
    ['change that was given', { kind: 'CHANGE', of: 'sale' }],
  ])('is less by %s', (_what, more) => {
    const movements = [sale, { id: 'other', amount: '15.00', ...more }];
    expect(given('25.00', movements)).toEqual([['sale', '25.00']]);
    expect(() => given('25.01', movements)).toThrow('its payments can give 25.00 USD of 25.01 back');
  });

  it('is not less by what failed, and not more by what is only reserved', () => {
    const failed = { id: 'failed', kind: 'REFUND', status: 'FAILURE', amount: '15.00', of: 'sale' };
    const reserved = { id: 'reserved', kind: 'AUTHORIZATION', amount: '40.00' };
    expect(given('40.00', [sale, failed, reserved])).toEqual([['sale', '40.00']]);
    expect(() => given('40.01', [sale, failed, reserved])).toThrow('can give 40.00 USD');
  });

  it('goes back on gift cards last', () => {
    const card = { id: 'gift', kind: 'SALE', gateway: 'gift_card', amount: '20.00' };
    expect(given('45.00', [card, sale])).toEqual([
      ['sale', '40.00'],
      ['gift', '5.00'],
    ]);
  });
});

describe('what of an authorization can still be taken', () => {
  const authorization = { id: 'gid://shopify/OrderTransaction/1', kind: 'AUTHORIZATION', amount: '40.00' };
  const capture = { id: 'gid://shopify/OrderTransaction/2', kind: 'CAPTURE', amount: '10.00', of: authorization.id };

  async function capturing(amount: string, movements: readonly Movement[], unsettled?: string): Promise<string> {
    const { fake, connect, place } = shopWithGoods();
    const { id } = place();
    const transactions = movements.map((each) => ({
      ...transactionOf(each),
      totalUnsettledSet: each.id === authorization.id && unsettled !== undefined ? bag(unsettled) : null,
    }));
    const order = { name: '#1001', currencyCode: 'USD', presentmentCurrencyCode: 'USD', transactions };
    const fetch = between(fake.fetch, ({ operationName }) => {
      if (operationName === 'ReservedMoney') return { order };
      if (operationName !== 'OrderCapture') return undefined;
      return { orderCapture: { transaction: { id: 'taken', status: 'SUCCESS' }, userErrors: [] } };
    });
    const draft: CaptureDraft = { order: refOf(id), authorization: authorization.id, amount: dollars(amount) };
    const ended = connect({ fetch }).payments.capture(draft, { idempotencyKey: 'key' });
    return ended.then(
      (ref) => ref.id,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
  }

  it('is what Shopify says where that is less than its captures leave', async () => {
    expect(await capturing('25.01', [authorization, capture], '25.0')).toContain('25.00 USD of');
    expect(await capturing('25.00', [authorization, capture], '25.0')).toBe('taken');
    expect(await capturing('30.01', [authorization, capture], '40.0')).toContain('30.00 USD of');
  });

  it('is less by a capture that the gateway has not said yes to yet, and not by one that failed', async () => {
    expect(await capturing('30.01', [authorization, { ...capture, status: 'PENDING' }])).toContain('30.00 USD of');
    expect(await capturing('40.00', [authorization, { ...capture, status: 'FAILURE' }])).toBe('taken');
  });

  it('is nothing once it was let go, unless letting go failed', async () => {
    const letGo = { ...capture, kind: 'VOID' };
    expect(await capturing('1.00', [authorization, letGo])).toContain('0.00 USD of');
    expect(await capturing('1.00', [authorization, { ...letGo, status: 'FAILURE' }])).toBe('taken');
  });
});

describe('a return of which Shopify says more than its refunds show', () => {
  it('is not paid where more units count as refunded', async () => {
    const { fake, connect, draft, opened, placed, paid } = await cameBack({ back: 2 });
    const unit = {
      processedQuantity: 2,
      refundedQuantity: 3,
      fulfillmentLineItem: { lineItem: { id: placed.lines[0]?.id } },
    };
    const fetch = between(fake.fetch, ({ operationName }) =>
      operationName === 'ReturnedUnits'
        ? { return: { order: { id: placed.id }, page: { nodes: [unit], pageInfo } } }
        : undefined,
    );
    const giving = connect({ fetch }).refunds.create(draft('R-1', 1), { idempotencyKey: 'key' });
    await expect(giving).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining(`on return "${opened.id}" as refunded than its refunds show`) as string,
    });
    expect(paid()).toEqual([]);
  });

  it.each([
    ['whose payments show', [{ kind: 'REFUND', status: 'SUCCESS' }], pageInfo],
    ['of which more payments follow', [], { hasNextPage: true, endCursor: 'next' }],
  ])('is not paid where a refund without units gave money, %s', async (_what, nodes, more) => {
    const { fake, connect, draft, paid } = await cameBack({ back: 2 });
    const refund = {
      id: 'gid://shopify/Refund/7',
      refundLineItems: { nodes: [], pageInfo },
      refundShippingLines: { nodes: [] },
      transactions: { nodes, pageInfo: more },
    };
    const fetch = between(fake.fetch, ({ operationName }) =>
      operationName === 'ReturnRefunds' ? { return: { page: { nodes: [refund], pageInfo } } } : undefined,
    );
    const giving = connect({ fetch }).refunds.create(draft('R-1', 1), { idempotencyKey: 'key' });
    await expect(giving).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('gave money for return') as string,
    });
    expect(paid()).toEqual([]);
  });
});
