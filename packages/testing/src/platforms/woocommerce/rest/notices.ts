import type { WooSettings } from '../options.ts';

const warning =
  '<br />\n<b>Warning</b>:  Undefined array key "x" in <b>/srv/shop/wp-content/plugins/old/old.php</b> on line <b>12</b><br />\n';

/** Once something was printed no header can be sent, and PHP says so for each. */
const lateHeaders =
  '<br />\n<b>Warning</b>:  Cannot modify header information - headers already sent by (output started at /srv/shop/wp-content/plugins/old/old.php:12) in <b>/srv/shop/wp-includes/rest-api/class-wp-rest-server.php</b> on line <b>1902</b><br />\n';

/**
 * An answer with what PHP prints when notices are shown. Once something was printed no header and no status can be sent any
 * more, unless PHP keeps its output back or it was printed late. Compared with WooCommerce 10.5.0, 2026-11-26.
 */
export function withNotices(
  notices: WooSettings['phpNotices'],
  body: string,
  { status, headers }: { readonly status: number; readonly headers: Readonly<Record<string, string>> },
): Response {
  if (notices === undefined) return new Response(body === '' ? null : body, { status, headers });
  const before = notices === 'after' ? '' : warning;
  const after = notices === 'after' || notices === 'both' ? warning : '';
  if (notices === 'after' || notices === 'buffered') return new Response(before + body + after, { status, headers });
  return new Response(before + lateHeaders.repeat(3) + body + after, {
    status: 200,
    headers: { 'content-type': 'text/html; charset=UTF-8' },
  });
}
