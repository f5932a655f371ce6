import type { Json } from '@crossdock/core';

/** JSON as `wp_json_encode` writes it: slashes and everything beyond ASCII are escaped. Recorded on WooCommerce 10.0.2. */
export function phpJson(value: Json): string {
  return JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
