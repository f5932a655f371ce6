import { describe, expect, it } from 'vitest';
import { ask, textAt } from './ask.ts';
import { shopWithStock } from './shop.ts';

const money = 'shopMoney { amount }';
const creates = `mutation R($i: RefundInput!, $key: String!) { done: refundCreate(input: $i) @idempotent(key: $key) {
  refund { return { id } totalRefundedSet { ${money} } } userErrors { field } } }`;
const processes =
  'mutation P($i: ReturnProcessInput!) { done: returnProcess(input: $i) { return { id } userErrors { field code } } }';

/** Three tees of which two come back. */
async function coming(version = '2026-10') {
  const { platform, state, warehouse } = shopWithStock();
  const order = state.placeOrder({ lines: [{ sku: 'TEE', quantity: 3 }] });
  state.shipOrder(order.id);
  const opened = state.openReturn(order.id, { lines: [{ sku: 'TEE', quantity: 2 }] });
  const payment = state.transactionsOf(order.id)[0]?.id ?? '';
  const call = async (document: string, variables: object) => {
    const answer = await ask(platform, document, { ...variables }, { version });
    expect(answer.errors).toEqual([]);
    return answer.at('done');
  };
  const process = (more: object) => call(processes, { i: { returnId: opened.id, ...more } });
  let keys = 0;
  const refund = (more: object) => call(creates, { i: { orderId: order.id, ...more }, key: `key-${(keys += 1)}` });
  const pay = (amount: string) => ({
    financialTransfer: {
      issueRefund: {
        orderTransactions: [{ parentId: payment, transactionAmount: { amount, currencyCode: 'USD' } }],
      },
    },
  });
  const transactions = (amount: string) => ({
    transactions: [{ orderId: order.id, kind: 'REFUND', gateway: 'shopify_payments', amount, parentId: payment }],
  });
  const units = { returnLineItems: [{ id: opened.lines[0]?.id, quantity: 2 }] };
  const seen = async () => {
    const answer = await ask(
      platform,
      `{ return(id: "${opened.id}") {
        refunds(first: 9) { nodes { totalRefundedSet { ${money} } return { id } refundLineItems(first: 9) { nodes { quantity } } } }
        transactions(first: 9) { nodes { kind amountSet { ${money} } maximumRefundableV2 { amount } } }
        returnLineItems(first: 9) { nodes { processedQuantity refundedQuantity refundableQuantity } }
        order { totalOutstandingSet { ${money} } } } }`,
      {},
      { version },
    );
    expect(answer.errors).toEqual([]);
    return answer.at('return');
  };
  return { platform, state, order, warehouse, opened, process, refund, pay, transactions, units, seen };
}

const amount = (text: string) => ({ shopMoney: { amount: text } });

describe.each(['2026-04', '2026-07', '2026-10'])('the money of a return, on %s', (version) => {
  it('is not given back by processing alone, and the order owes it', async () => {
    const { process, units, seen, opened } = await coming(version);
    await process(units);
    expect(await seen()).toEqual({
      refunds: {
        nodes: [
          {
            totalRefundedSet: amount('0.0'),
            return: { id: opened.id },
            refundLineItems: { nodes: [{ quantity: 2 }] },
          },
        ],
      },
      transactions: { nodes: [] },
      returnLineItems: { nodes: [{ processedQuantity: 2, refundedQuantity: 0, refundableQuantity: 2 }] },
      order: { totalOutstandingSet: amount('-20.0') },
    });
  });

  it('is seen in the return when it is given back with the units', async () => {
    const { process, units, pay, seen } = await coming(version);
    await process({ ...units, ...pay('20.00') });
    expect(await seen()).toMatchObject({
      refunds: { nodes: [{ totalRefundedSet: amount('20.0') }] },
      transactions: { nodes: [{ kind: 'REFUND', amountSet: amount('20.0'), maximumRefundableV2: null }] },
      returnLineItems: { nodes: [{ processedQuantity: 2, refundedQuantity: 2, refundableQuantity: 0 }] },
      order: { totalOutstandingSet: amount('0.0') },
    });
  });

  it('is seen in the return when it is given back by it later, without units', async () => {
    const { process, units, pay, seen } = await coming(version);
    await process(units);
    expect(await process(pay('20.00'))).toMatchObject({ userErrors: [] });
    expect(await seen()).toMatchObject({
      refunds: { nodes: [{ totalRefundedSet: amount('0.0') }, { totalRefundedSet: amount('20.0') }] },
      transactions: { nodes: [{ kind: 'REFUND', amountSet: amount('20.0') }] },
      order: { totalOutstandingSet: amount('0.0') },
    });
  });

  it('is seen in the order alone when a refund gives it back', async () => {
    const { process, units, refund, transactions, seen } = await coming(version);
    await process(units);
    const done = await refund(transactions('20.00'));
    expect(done).toMatchObject({ refund: { return: null, totalRefundedSet: amount('20.0') }, userErrors: [] });
    expect(await seen()).toMatchObject({
      refunds: { nodes: [{ totalRefundedSet: amount('0.0') }] },
      transactions: { nodes: [] },
      order: { totalOutstandingSet: amount('0.0') },
    });
    expect(await refund(transactions('10.01'))).toMatchObject({
      refund: null,
      userErrors: [{ field: ['transactions'] }],
    });
  });
});

describe('a return whose units were refunded before', () => {
  it('takes them off the order once', async () => {
    const { process, units, refund, transactions, state, order, warehouse, seen } = await coming();
    const lineItemId = textAt(order, 'lines', 0, 'id');
    await refund({
      refundLineItems: [{ lineItemId, quantity: 3, restockType: 'RETURN', locationId: warehouse }],
      ...transactions('30.00'),
    });
    expect(await process(units)).toMatchObject({ userErrors: [] });
    expect(state.order(order.id).lines[0]).toMatchObject({ quantity: 3, currentQuantity: 0 });
    expect(await seen()).toMatchObject({ returnLineItems: { nodes: [{ processedQuantity: 2 }] } });
  });
});
