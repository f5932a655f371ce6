export { shopify, type ShopifyPorts } from './connector.ts';
export type { AccessToken, ClientCredentials, ShopifyOptions, ShopifyWarning } from './options.ts';
