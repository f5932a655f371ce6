import type { Law } from './law.ts';
import { categoriesPullLaws } from './laws/categories-pull.ts';
import { checkLaws } from './laws/check.ts';
import { customersCreateLaws } from './laws/customers-create.ts';
import { customersGetLaws } from './laws/customers-get.ts';
import { customersPullLaws } from './laws/customers-pull.ts';
import { errorsLaws } from './laws/errors.ts';
import { fulfillmentsAnswerLaws } from './laws/fulfillments-answer.ts';
import { fulfillmentsCancelLaws } from './laws/fulfillments-cancel.ts';
import { fulfillmentsGetLaws } from './laws/fulfillments-get.ts';
import { fulfillmentsHoldLaws } from './laws/fulfillments-hold.ts';
import { fulfillmentsPullLaws } from './laws/fulfillments-pull.ts';
import { fulfillmentsReleaseLaws } from './laws/fulfillments-release.ts';
import { fulfillmentsRequestLaws } from './laws/fulfillments-request.ts';
import { httpLaws } from './laws/http.ts';
import { inventoryGetLaws } from './laws/inventory-get.ts';
import { inventoryPullLaws } from './laws/inventory-pull.ts';
import { inventoryPushLaws } from './laws/inventory-push.ts';
import { invoicesConfirmLaws } from './laws/invoices-confirm.ts';
import { invoicesCreateLaws } from './laws/invoices-create.ts';
import { invoicesGetLaws } from './laws/invoices-get.ts';
import { invoicesPullLaws } from './laws/invoices-pull.ts';
import { invoicesReadinessLaws } from './laws/invoices-readiness.ts';
import { notificationsDecodeLaws } from './laws/notifications-decode.ts';
import { notificationsReadLaws } from './laws/notifications-read.ts';
import { ordersCancelLaws } from './laws/orders-cancel.ts';
import { ordersConfirmLaws } from './laws/orders-confirm.ts';
import { ordersCreateLaws } from './laws/orders-create.ts';
import { ordersGetLaws } from './laws/orders-get.ts';
import { ordersPullLaws } from './laws/orders-pull.ts';
import { ordersUpdateLaws } from './laws/orders-update.ts';
import { paymentsCaptureLaws } from './laws/payments-capture.ts';
import { paymentsCreateLaws } from './laws/payments-create.ts';
import { paymentsPullLaws } from './laws/payments-pull.ts';
import { pricesGetLaws } from './laws/prices-get.ts';
import { pricesPullLaws } from './laws/prices-pull.ts';
import { pricesPushLaws } from './laws/prices-push.ts';
import { productsGetLaws } from './laws/products-get.ts';
import { productsPullLaws } from './laws/products-pull.ts';
import { productsPushLaws } from './laws/products-push.ts';
import { purchasesCancelLaws } from './laws/purchases-cancel.ts';
import { purchasesCreateLaws } from './laws/purchases-create.ts';
import { purchasesGetLaws } from './laws/purchases-get.ts';
import { purchasesPullLaws } from './laws/purchases-pull.ts';
import { receiptsConfirmLaws } from './laws/receipts-confirm.ts';
import { receiptsPullLaws } from './laws/receipts-pull.ts';
import { refundsCreateLaws } from './laws/refunds-create.ts';
import { refundsPullLaws } from './laws/refunds-pull.ts';
import { returnsConfirmLaws } from './laws/returns-confirm.ts';
import { returnsCreateLaws } from './laws/returns-create.ts';
import { returnsGetLaws } from './laws/returns-get.ts';
import { returnsPullLaws } from './laws/returns-pull.ts';
import { shipmentsConfirmLaws } from './laws/shipments-confirm.ts';
import { shipmentsPullLaws } from './laws/shipments-pull.ts';
import { shipmentsReportLaws } from './laws/shipments-report.ts';
import { shipmentsUpdateLaws } from './laws/shipments-update.ts';
import { signalLaws } from './laws/signal.ts';
import { webhooksDecodeLaws } from './laws/webhooks-decode.ts';
import { webhooksSubscribeLaws } from './laws/webhooks-subscribe.ts';
import { webhooksSubscriptionsLaws } from './laws/webhooks-subscriptions.ts';
import { webhooksVerifyLaws } from './laws/webhooks-verify.ts';
import { writesLaws } from './laws/writes.ts';

const all = [
  ...ordersPullLaws,
  ...ordersGetLaws,
  ...ordersCreateLaws,
  ...ordersConfirmLaws,
  ...ordersCancelLaws,
  ...ordersUpdateLaws,
  ...productsPullLaws,
  ...productsGetLaws,
  ...productsPushLaws,
  ...categoriesPullLaws,
  ...customersPullLaws,
  ...customersGetLaws,
  ...customersCreateLaws,
  ...inventoryPullLaws,
  ...inventoryGetLaws,
  ...inventoryPushLaws,
  ...pricesPullLaws,
  ...pricesGetLaws,
  ...pricesPushLaws,
  ...fulfillmentsPullLaws,
  ...fulfillmentsRequestLaws,
  ...fulfillmentsGetLaws,
  ...fulfillmentsCancelLaws,
  ...fulfillmentsHoldLaws,
  ...fulfillmentsReleaseLaws,
  ...fulfillmentsAnswerLaws,
  ...shipmentsPullLaws,
  ...shipmentsConfirmLaws,
  ...shipmentsUpdateLaws,
  ...shipmentsReportLaws,
  ...returnsPullLaws,
  ...returnsGetLaws,
  ...returnsCreateLaws,
  ...returnsConfirmLaws,
  ...refundsPullLaws,
  ...refundsCreateLaws,
  ...invoicesPullLaws,
  ...invoicesGetLaws,
  ...invoicesReadinessLaws,
  ...invoicesCreateLaws,
  ...invoicesConfirmLaws,
  ...paymentsPullLaws,
  ...paymentsCreateLaws,
  ...paymentsCaptureLaws,
  ...purchasesPullLaws,
  ...purchasesGetLaws,
  ...purchasesCreateLaws,
  ...purchasesCancelLaws,
  ...receiptsPullLaws,
  ...receiptsConfirmLaws,
  ...webhooksVerifyLaws,
  ...webhooksDecodeLaws,
  ...webhooksSubscribeLaws,
  ...webhooksSubscriptionsLaws,
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
