import type { WooSettings } from '../options.ts';

const warning =
  '<br />\n<b>Warning</b>:  Undefined array key "x" in <b>/srv/shop/wp-content/plugins/old/old.php</b> on line <b>12</b><br />\n';

/**
 * An answer with what PHP prints when notices are shown. Once something was printed no header and no status can be sent any
 * more, unless PHP keeps its output back. What PHP does; not recorded.
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
  return new Response(before + body + after, { status: 200, headers: { 'content-type': 'text/html; charset=UTF-8' } });
}
