import type { Law } from './law.ts';
import { checkLaws } from './laws/check.ts';
import { customersCreateLaws } from './laws/customers-create.ts';
import { customersGetLaws } from './laws/customers-get.ts';
import { errorsLaws } from './laws/errors.ts';
import { fulfillmentsCancelLaws } from './laws/fulfillments-cancel.ts';
import { fulfillmentsGetLaws } from './laws/fulfillments-get.ts';
import { fulfillmentsRequestLaws } from './laws/fulfillments-request.ts';
import { httpLaws } from './laws/http.ts';
import { inventoryGetLaws } from './laws/inventory-get.ts';
import { inventoryPullLaws } from './laws/inventory-pull.ts';
import { inventoryPushLaws } from './laws/inventory-push.ts';
import { notificationsDecodeLaws } from './laws/notifications-decode.ts';
import { notificationsReadLaws } from './laws/notifications-read.ts';
import { ordersCancelLaws } from './laws/orders-cancel.ts';
import { ordersCreateLaws } from './laws/orders-create.ts';
import { ordersGetLaws } from './laws/orders-get.ts';
import { ordersPullLaws } from './laws/orders-pull.ts';
import { pricesPushLaws } from './laws/prices-push.ts';
import { productsPullLaws } from './laws/products-pull.ts';
import { shipmentsConfirmLaws } from './laws/shipments-confirm.ts';
import { shipmentsPullLaws } from './laws/shipments-pull.ts';
import { signalLaws } from './laws/signal.ts';
import { webhooksDecodeLaws } from './laws/webhooks-decode.ts';
import { webhooksVerifyLaws } from './laws/webhooks-verify.ts';
import { writesLaws } from './laws/writes.ts';

const all = [
  ...ordersPullLaws,
  ...ordersGetLaws,
  ...ordersCreateLaws,
  ...ordersCancelLaws,
  ...productsPullLaws,
  ...customersGetLaws,
  ...customersCreateLaws,
  ...inventoryPullLaws,
  ...inventoryGetLaws,
  ...inventoryPushLaws,
  ...pricesPushLaws,
  ...fulfillmentsRequestLaws,
  ...fulfillmentsGetLaws,
  ...fulfillmentsCancelLaws,
  ...shipmentsPullLaws,
  ...shipmentsConfirmLaws,
  ...webhooksVerifyLaws,
  ...webhooksDecodeLaws,
  ...notificationsReadLaws,
  ...notificationsDecodeLaws,
  ...writesLaws,
  ...httpLaws,
  ...errorsLaws,
  ...signalLaws,
  ...checkLaws,
] as const;

/** The name of a law, `operation/what-holds`. */
export type LawId = (typeof all)[number]['id'];

/** Every promise of a connector, as something that can be checked. */
export const laws: readonly Law<LawId>[] = all;
