import { gid } from '../gid.ts';
import type { FulfillmentHappening, Happening } from '../life/shop.ts';
import { isoOf, type Store } from '../store.ts';
import { offsetOf } from './moment.ts';
import { fulfillmentOrderPayload } from './fulfillment-order-payload.ts';
import { compliancePayload, shopPayload } from './app-payload.ts';
import { customerPayload } from './customer-payload.ts';
import { fulfillmentPayload } from './fulfillment-payload.ts';
import { orderPayload, refundPayload } from './order-payload.ts';
import { levelPayload, productPayload } from './product-payload.ts';
import { dispositionPayload, returnPayload, returnUpdatePayload } from './return-payload.ts';
import { riskPayload, transactionPayload } from './transaction-payload.ts';

/** What a delivery says: the older REST form, snake case, ids as numbers. */
export function payloadOf(store: Store, happening: Happening): Readonly<Record<string, unknown>> {
  if (isOfFulfillment(happening)) return fulfillmentOrderPayload(happening);
  switch (happening.topic) {
    case 'orders/create':
    case 'orders/updated':
    case 'orders/paid':
    case 'orders/cancelled':
    case 'orders/fulfilled':
    case 'orders/partially_fulfilled':
      return orderPayload(store, happening.order);
    case 'orders/delete':
      return { id: happening.order.id };
    case 'orders/edited': {
      const { order, edit } = happening;
      const at = offsetOf(order.updatedAt);
      return {
        order_edit: {
          id: edit.id,
          app_id: null,
          created_at: at,
          notify_customer: edit.notifyCustomer ?? false,
          order_id: order.id,
          staff_note: edit.staffNote ?? '',
          user_id: null,
          committed_at: at,
          line_items: { additions: edit.additions, removals: edit.removals },
          discounts: { line_item: { additions: [], removals: [] } },
          shipping_lines: { additions: [], removals: [] },
        },
      };
    }
    case 'orders/risk_assessment_changed':
      return riskPayload(happening.order);
    case 'order_transactions/create':
      return transactionPayload(happening.order, happening.transaction);
    case 'returns/request':
    case 'returns/approve':
    case 'returns/decline':
    case 'returns/cancel':
    case 'returns/close':
    case 'returns/reopen':
    case 'returns/process':
      return returnPayload(happening.topic, happening.record);
    case 'returns/update':
      return returnUpdatePayload(happening.record, happening.removals);
    case 'reverse_fulfillment_orders/dispose':
      return dispositionPayload(happening.reverse, happening.disposition);
    case 'fulfillments/create':
    case 'fulfillments/update':
      return fulfillmentPayload(store, happening.fulfillment);
    case 'refunds/create':
      return refundPayload(happening.order, happening.refund);
    case 'inventory_levels/connect':
    case 'inventory_levels/disconnect':
    case 'inventory_levels/update':
      return levelPayload(store, happening.level);
    case 'products/create':
    case 'products/update':
      return productPayload(store, happening.product);
    case 'customers/create':
    case 'customers/update':
      return customerPayload(store, happening.customer);
    case 'customers/delete':
      return {
        id: happening.customer.id,
        admin_graphql_api_id: gid('Customer', happening.customer.id),
        phone: happening.customer.phone ?? null,
        tax_exemptions: [],
      };
    case 'app/uninstalled':
      return shopPayload(store);
    case 'customers/data_request':
    case 'customers/redact':
    case 'shop/redact':
      return compliancePayload(store, happening.topic, happening.whose);
    case 'bulk_operations/finish': {
      const { id, status, type, errorCode, createdAt, completedAt } = happening.operation;
      return {
        admin_graphql_api_id: gid('BulkOperation', id),
        completed_at: completedAt === undefined ? null : isoOf(completedAt),
        created_at: isoOf(createdAt),
        error_code: errorCode?.toLowerCase() ?? null,
        status: status.toLowerCase(),
        type: type.toLowerCase(),
      };
    }
    case 'products/delete':
      return { id: happening.product.id };
  }
}

function isOfFulfillment(happening: Happening): happening is FulfillmentHappening {
  return /^fulfillment_(orders|holds|events)\//.test(happening.topic);
}
