import { badInput, refused } from './api-error.ts';
import { wordsIn, type Call, type Handler } from './call.ts';
import { foundOrders } from './order-search.ts';
import { amazonSections, orderView, type AmazonSection } from './order-view.ts';
import { confirmed } from './shipment-confirm.ts';
import type { Notices } from './notices.ts';
import type { AmazonStore } from './store.ts';

/** How orders are shown to this application. */
export interface OrderRouteOptions {
  /** Sections that the application's roles open. What it may not see is left out. */
  readonly roles: ReadonlySet<AmazonSection>;
  readonly isDiscountNegative: boolean;
}

/** Orders of 2026, and the confirmation of shipments of v0. */
export function orderRoutes(store: AmazonStore, notices: Notices, options: OrderRouteOptions) {
  const shown = ({ query }: Call) => {
    const sections = wordsIn(query, 'includedData', amazonSections);
    if (sections === 'wrong') return undefined;
    return {
      sections: new Set((sections ?? []).filter((section) => options.roles.has(section))),
      isDiscountNegative: options.isDiscountNegative,
    };
  };
  return {
    searchOrders(call) {
      const view = shown(call);
      if (!view) return badInput('orders', 'includedData has a value that is not allowed.');
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
