/** What stands before the shop: refusals of HTTP, versions, and what is said of them. */
export interface Front {
  /** The refusal of a request, before anything is looked at; undefined lets it in. */
  readonly refusal: (request: Request) => Response | undefined;
  status: RefusalStatus;
  /** Whether the shop is one that nobody runs any more: it answers, and only says so. */
  isInactive: boolean;
  /** What `X-Shopify-API-Deprecated-Reason` says. */
  deprecatedReason: string | undefined;
  /** Versions that are still served, oldest first. */
  versions: readonly string[];
  /** Until then, and with so many seconds to wait, everybody is sent away. */
  readonly limit: (seconds: number) => void;
}

/** 200 is none. */
export type RefusalStatus = 200 | 402 | 403 | 404 | 423 | 430 | 500 | 502 | 503 | 504;

// A text or an object here, never a list. shopify.dev, response statuses, read 2026-11-23; the words are ours.
const refusals: Readonly<Record<Exclude<RefusalStatus, 200>, string>> = {
  402: 'Payment Required: this shop is frozen',
  403: 'Forbidden',
  404: 'Not Found',
  423: 'This shop is locked',
  430: 'Security Rejection',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** Makes the front of one shop. `host` is its own: another shop's name leads nowhere. */
export function shopFront(options: {
  readonly host: string;
  readonly now: () => number;
  readonly versions: readonly string[];
}): Front {
  let limitedUntil = 0;
  const front: Front = {
    status: 200,
    isInactive: false,
    deprecatedReason: undefined,
    versions: options.versions,
    refusal(request) {
      const { host } = new URL(request.url);
      // A door that listens has a host of its own.
      if (host.endsWith('.myshopify.com') && host !== options.host) return answer(404);
      if (front.status !== 200) return answer(front.status);
      const waitMs = limitedUntil - options.now();
      if (waitMs <= 0) return undefined;
      // In seconds, with a digit behind the point. shopify.dev, API limits, read 2026-11-23.
      const headers = { 'retry-after': (Math.ceil(waitMs / 100) / 10).toFixed(1) };
      return Response.json({ errors: 'Too Many Requests' }, { status: 429, headers });
    },
    limit(seconds) {
      limitedUntil = options.now() + seconds * 1000;
    },
  };
  return front;
}

function answer(status: Exclude<RefusalStatus, 200>): Response {
  // What stands in front of the platform speaks HTML when it is broken.
  if (status >= 500) {
    const body = `<html><head><title>${status} ${refusals[status]}</title></head></html>`;
    return new Response(body, { status, headers: { 'content-type': 'text/html' } });
  }
  return Response.json({ errors: refusals[status] }, { status });
}
