/** The fake's name for a request: `POST /products/batch`, `PUT /orders/{id}`, `GET /orders/{id}/notes`. */
export function operationOf(request: Request): string {
  const { pathname, searchParams } = new URL(request.url);
  const path = (searchParams.get('rest_route') ?? pathname.replace(/^\/wp-json/, ''))
    .replace(/^\/(wc|wc-shipment-tracking|wc-ast)\/v\d+/, '')
    .replace(/\/$/, '')
    .replaceAll(/\/\d+/g, '/{id}')
    .replace(/(\/shipment-trackings)\/(?!providers$)[\w-]+$/, '$1/{id}');
  return `${request.method} ${path === '' ? '/' : path}`;
}
