import { CommerceError, type PageProblem, type ReadOptions, type Refund } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { refundLines, refundsById, refundsByOrder } from './documents/refunds.ts';
import { eachNode } from './each-node.ts';
import { toRefund } from './refund-record.ts';
import { wireRefundSchema, type WireRefund, type WireRefundLine } from './wire/refund.ts';

interface RefundsRead {
  readonly items: readonly Refund[];
  readonly problems?: readonly PageProblem[];
}
/** Refunds by their own ids, or all of some orders. */
export interface RefundReader {
  byId(ids: readonly string[], operation: string, options: ReadOptions): Promise<RefundsRead>;
  ofOrders(orderIds: readonly string[], operation: string, options: ReadOptions): Promise<RefundsRead>;
}

/** Refunds in one call. The points would allow more, the size of the answer would not. */
const perCall = 50;

export function refundReader(client: ShopifyClient, system: string): RefundReader {
  return {
    async byId(ids, operation, options) {
      const items: Refund[] = [];
      const problems: PageProblem[] = [];
      for (let at = 0; at < ids.length; at += perCall) {
        const part = ids.slice(at, at + perCall);
        const call = { operation, safety: 'read', variables: { ids: part }, ...options } as const;
        const { nodes } = await client.run(refundsById, call);
        const to = async (wire: WireRefund) => toRefund(wire, await linesOf(wire, operation, options), system);
        const reading = { system, operation, kind: 'refund', schema: wireRefundSchema, to } as const;
        const read = await eachNode(part, nodes, reading);
        items.push(...read.items);
        problems.push(...(read.problems ?? []));
      }
      return { items, ...(problems.length > 0 && { problems }) };
    },
    async ofOrders(orderIds, operation, options) {
      if (orderIds.length === 0) return { items: [] };
      const variables = { ids: orderIds };
      const { nodes } = await client.run(refundsByOrder, { operation, safety: 'read', variables, ...options });
      const ids = nodes.flatMap((node) => node?.refunds.map(({ id }) => id) ?? []);
      return this.byId(ids, operation, options);
    },
  };

  async function linesOf(
    wire: WireRefund,
    operation: string,
    options: ReadOptions,
  ): Promise<readonly WireRefundLine[]> {
    demandAll(wire, operation);
    const lines = [...wire.refundLineItems.nodes];
    let { pageInfo } = wire.refundLineItems;
    while (pageInfo.hasNextPage) {
      const variables = { id: wire.id, after: pageInfo.endCursor };
      const { refund } = await client.run(refundLines, { operation, safety: 'read', variables, ...options });
      if (!refund) break;
      lines.push(...refund.page.nodes);
      ({ pageInfo } = refund.page);
    }
    return lines;
  }

  /** A refund is of one order: more carriage, adjustments or payments than this no order has. */
  function demandAll(wire: WireRefund, operation: string): void {
    const { id, refundShippingLines, orderAdjustments, transactions } = wire;
    if (![refundShippingLines, orderAdjustments, transactions].some(({ pageInfo }) => pageInfo.hasNextPage)) return;
    throw new CommerceError({
      code: 'record.invalid',
      system,
      operation,
      refs: [{ system, kind: 'refund', id }],
      message: `Refund "${id}" of "${system}" was not read: it has more than 50 payments, carriage lines or adjustments. Report it.`,
    });
  }
}
