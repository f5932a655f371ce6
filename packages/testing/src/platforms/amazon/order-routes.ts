import * as z from 'zod';
import { badInput, refused } from './api-error.ts';
import type { Call, Handler } from './call.ts';
import type { Notices } from './notices.ts';
import { foundOrders } from './order-search.ts';
import { amazonSections, orderView, type AmazonSection, type OrderViewOptions } from './order-view.ts';
import { listOf, parametersOf } from './query.ts';
import { confirmed } from './shipment-confirm.ts';
import type { AmazonStore } from './store.ts';

/** How orders are shown to this application. */
export interface OrderRouteOptions {
  /** Sections that the application's roles open. What it may not see is left out. */
  readonly roles: ReadonlySet<AmazonSection>;
  readonly isDiscountNegative: boolean;
}

const viewSchema = z.object({ includedData: listOf(amazonSections).default([]) });

/** Orders of 2026, and the confirmation of shipments of v0. */
export function orderRoutes(store: AmazonStore, notices: Notices, { roles, isDiscountNegative }: OrderRouteOptions) {
  const shown = ({ query }: Call): OrderViewOptions | undefined => {
    const asked = viewSchema.safeParse(parametersOf(query));
    if (!asked.success) return undefined;
    return { sections: new Set(asked.data.includedData.filter((section) => roles.has(section))), isDiscountNegative };
  };
  return {
    searchOrders(call) {
      const view = shown(call);
      if (!view) return badInput('orders', 'includedData is not valid.');
      const found = foundOrders(store, call);
      if (found instanceof Response) return found;
      return Response.json({
        orders: found.orders.map((order) => orderView(order, view)),
        ...(found.nextToken === undefined ? {} : { pagination: { nextToken: found.nextToken } }),
        ...found.bound,
      });
    },
    getOrder(call) {
      const view = shown(call);
      const id = call.params['orderId'] ?? '';
      if (!view || !/^\d{3}-\d{7}-\d{7}$/.test(id)) return badInput('orders');
      const order = store.orders.get(id);
      return order ? Response.json({ order: orderView(order, view) }) : missing();
    },
    confirmShipment(call) {
      const order = store.orders.get(call.params['orderId'] ?? '');
      return order ? confirmed(store, notices, order, call) : missing();
    },
  } satisfies Record<string, Handler>;
}

function missing(): Response {
  return refused(404, 'NotFound', 'The requested order was not found.');
}
