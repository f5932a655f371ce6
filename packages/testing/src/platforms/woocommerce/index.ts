export { fakeWooCommerce } from './fake-woocommerce.ts';
export {
  wooKey,
  type FakeWooCommerceOptions,
  type HostLimit,
  type WooGateway,
  type WooKey,
  type WooSettings,
  type WooSpeed,
} from './options.ts';
export type { PhpEnding } from './php-ended.ts';
export type {
  WooAddressInput,
  WooCommerceState,
  WooCustomerInput,
  WooLineInput,
  WooOrderInput,
  WooProductInput,
  WooRefundInput,
  WooVariationInput,
} from './state.ts';
export type { Outage } from './host.ts';
export type {
  WooAddress,
  WooAttribute,
  WooCustomer,
  WooFulfillment,
  WooImage,
  WooNote,
  WooOrder,
  WooProduct,
  WooRefund,
  WooTerm,
  WooTracking,
  WooWebhook,
} from './records.ts';
export { wooCommerceFacts, wooCommerceGaps, type WooEvidence, type WooFact } from './facts.ts';
export type { Deliverable } from './webhooks/sender.ts';
