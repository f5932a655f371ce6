export { woocommerce, type WooCommercePorts } from './connector.ts';
export type { WooCommerceOptions } from './options.ts';
