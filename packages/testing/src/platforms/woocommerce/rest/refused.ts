import type { Json } from '@crossdock/core';

/** What a route answers instead of what was asked. In a batch it stands at its item. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string | number;
  readonly data: Json;
  /** Whether the answer says which methods there are. */
  readonly tellsMethods: boolean;

  /** `data` is an object with the status, unless the route is one of those that send something else. */
  constructor(status: number, code: string | number, message: string, data: Json = { status }, tellsMethods = true) {
    super(message);
    this.status = status;
    this.code = code;
    this.data = data;
    this.tellsMethods = tellsMethods;
  }
}

/** A record that is not there. Looking for it is 404, writing to it is 400. Recorded on WooCommerce 10.0.2, 2026-11-23. */
export function invalidId(what: string, status: 400 | 404): Refused {
  return new Refused(status, `woocommerce_rest_${what}_invalid_id`, 'Invalid ID.');
}

export function noRoute(): Refused {
  return new Refused(404, 'rest_no_route', 'No route was found matching the URL and request method.');
}

/** An error that ends PHP. It shows paths of the server, which nobody should keep. Recorded on WooCommerce 10.0.2 (order-qty0). */
export function fatal(message: string, file: string, line: number): Refused {
  const path = `/srv/shop/wp-content/plugins/woocommerce/includes/rest-api/${file}`;
  return new Refused(500, 'internal_server_error', fatalPage, {
    status: 500,
    error: {
      type: 1,
      message: [message, 'Stack trace:', `#0 ${path}(144)`, '#1 {main}', '  thrown'].join('\n'),
      file: path,
      line,
    },
  });
}

/** What WordPress says when PHP ended. */
export const fatalPage =
  '<p>There has been a critical error on this website.</p><p><a href="https://wordpress.org/documentation/article/faq-troubleshooting/">Learn more about troubleshooting WordPress.</a></p>';
