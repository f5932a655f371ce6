export { woocommerce, type WooCommercePorts } from './connector.ts';
export type { WooCommerceOptions } from './options.ts';
export { woocommerceClient, type RestAnswer, type RestCall, type RestClient, type RestWrite } from './rest-client.ts';
