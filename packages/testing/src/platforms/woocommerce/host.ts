import type { TestClock } from '../../fake/clock.ts';
import type { HostLimit } from './options.ts';
import { phpJson } from './php-json.ts';

/** What can stand in the way before the shop works on a request. */
export type Outage = 'none' | 'maintenance' | 'database';

/** The server and the host that the shop runs on. */
export interface Host {
  outage: Outage;
  /** The refusal that a request gets instead of an answer, if any. */
  refusal(request: Request): Response | undefined;
}

export function host(clock: TestClock, limit: HostLimit | undefined): Host {
  const recent: number[] = [];
  const self: Host = {
    outage: 'none',
    refusal(request) {
      if (limit) {
        const now = clock.now();
        while (recent[0] !== undefined && recent[0] <= now - limit.perMs) recent.shift();
        const first = recent[0];
        if (recent.length >= limit.requests && first !== undefined) {
          const seconds = Math.ceil((first + limit.perMs - now) / 1000);
          return tooManyRequests(limit.saysWhen === false ? undefined : seconds);
        }
        recent.push(now);
      }
      return self.outage === 'none' ? undefined : outageAnswer(self.outage, request);
    },
  };
  return self;
}

/** A host's own 429: HTML, and a time to come back where it says one. WooCommerce itself has no limit. */
export function tooManyRequests(retryAfterSeconds: number | undefined): Response {
  return html(
    429,
    'Too Many Requests',
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
  );
}

/**
 * What WordPress says while it is updated or finds no database: JSON to who accepts it, else a page. The first was recorded
 * on WooCommerce 10.0.2, 2026-11-23, both ways; the page of the second is ours.
 */
function outageAnswer(outage: 'maintenance' | 'database', request: Request): Response {
  const isMaintenance = outage === 'maintenance';
  const status = isMaintenance ? 503 : 500;
  const headers: Record<string, string> = isMaintenance ? { 'retry-after': '600' } : {};
  const message = isMaintenance
    ? 'Briefly unavailable for scheduled maintenance. Check back in a minute.'
    : '<h1>Error establishing a database connection</h1>';
  if (!(request.headers.get('accept') ?? '').includes('application/json')) return html(status, message, headers);
  return new Response(phpJson({ code: 'wp_die', message, data: { status }, additional_errors: [] }), {
    status,
    headers: { 'content-type': 'application/json; charset=UTF-8', ...headers },
  });
}

/** A page of a host or of WordPress where JSON was asked for. */
export function html(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(`<!DOCTYPE html>\n<html><head><title>${status}</title></head><body>${message}</body></html>\n`, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  });
}
