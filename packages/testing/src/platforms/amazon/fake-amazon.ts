import { bench, door, type FakePlatform } from '../../fake/platform.ts';
import { seededRandom } from '../../fake/random.ts';
import { webhookFeed } from '../../fake/webhook-feed.ts';
import { accountRoutes } from './account-routes.ts';
import { quotaExceeded } from './api-error.ts';
import { amazonBuckets } from './buckets.ts';
import type { Handler } from './call.ts';
import { amazonDocuments, documentPath } from './documents.ts';
import { feedDesk } from './feed-desk.ts';
import { feedRoutes } from './feed-routes.ts';
import { gate, stamped } from './gate.ts';
import { amazonIds } from './ids.ts';
import { listingDesk } from './listing-desk.ts';
import { listingRoutes } from './listing-routes.ts';
import { tokenOffice } from './lwa.ts';
import { amazonState } from './make-state.ts';
import { amazonNotices } from './notices.ts';
import { notificationRoutes } from './notification-routes.ts';
import { askedOperation, type AmazonOperation } from './operations.ts';
import { amazonDefaults, type FakeAmazonOptions } from './options.ts';
import { orderDesk } from './order-desk.ts';
import { orderRoutes } from './order-routes.ts';
import { amazonSections } from './order-view.ts';
import { amazonQueue } from './queue.ts';
import { defaultPlans, type AmazonPlan } from './rates.ts';
import { schedule } from './schedule.ts';
import type { AmazonState } from './state.ts';
import { amazonStore } from './store.ts';

const tokenPath = '/auth/o2/token';

/**
 * A seller's account at Amazon that keeps what it is told: lists, takes orders, applies what is submitted some time after
 * it accepted it, works feeds off and writes notifications into a queue. What it believes about the real one stands in
 * `amazonFacts`. One door answers for the API, for Login with Amazon and for the presigned addresses of documents.
 *
 * Operations have Amazon's names (`searchOrders`, `patchListingsItem`), besides `token`, `uploadDocument` and
 * `downloadDocument`. `webhooks.deliver` puts a notification into the queue; its weather is that of the way there.
 */
export function fakeAmazon(options: FakeAmazonOptions = {}): FakePlatform<AmazonState> {
  const parts = bench(options);
  const { clock } = parts;
  const origin = options.origin ?? amazonDefaults.origin;
  // Apart from the weather's chance, so that ids do not depend on what becomes of deliveries.
  const ids = amazonIds(seededRandom((options.seed ?? 1) * 7919 + 1));
  const store = amazonStore({
    clock,
    ids,
    schedule: schedule(clock),
    sellerId: options.sellerId ?? amazonDefaults.sellerId,
    marketplaceId: options.marketplaceId ?? amazonDefaults.marketplaceId,
  });
  const { queue, put } = amazonQueue(clock, ids);
  const webhooks = webhookFeed({ clock, random: parts.random, retryDelaysMs: [], timeoutMs: 30_000 });
  webhooks.deliver = async (request) => {
    put(await request.text());
    return new Response(null, { status: 200 });
  };
  const notices = amazonNotices(store, webhooks);
  const credentials = {
    clientId: options.clientId ?? amazonDefaults.clientId,
    clientSecret: options.clientSecret ?? amazonDefaults.clientSecret,
    refreshToken: options.refreshToken ?? amazonDefaults.refreshToken,
  };
  const tokens = tokenOffice({ clock, ids, ...credentials });
  const packing = options.feedReports ?? 'gzip';
  const documents = amazonDocuments(store, origin, packing);
  const listings = listingDesk(store, notices, options.listingDelayMs ?? 10_000);
  const feeds = feedDesk(store, { documents, desk: listings, notices, delayMs: options.feedDelayMs ?? 60_000 });
  const orders = orderDesk(store, notices, options.pendingMs ?? 0);
  const handlers: Readonly<Record<AmazonOperation, Handler>> = {
    ...orderRoutes(store, notices, {
      roles: new Set(options.roles ?? amazonSections),
      isDiscountNegative: options.discountSign === 'negative',
    }),
    ...listingRoutes(store, listings),
    ...feedRoutes(store, { documents, desk: feeds, packing }),
    ...notificationRoutes(store),
    ...accountRoutes(store),
  };

  const buckets = amazonBuckets(clock);
  const plans = new Map<AmazonOperation, AmazonPlan>();
  const plan = (name: AmazonOperation) => plans.get(name) ?? options.plans?.[name] ?? defaultPlans[name];
  const region = new URL(origin).host;
  const keyOf = (name: string) => [name, credentials.clientId, store.sellerId, region].join('|');
  const pass = gate({ tokens, buckets, plan, keyOf, onThrottled: () => void (store.counts.throttled += 1) });

  async function handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (url.pathname === tokenPath && request.method === 'POST') {
      return tokens.answer({ contentType: request.headers.get('content-type') ?? '', text: await request.text() });
    }
    if (url.pathname.startsWith(documentPath)) {
      const text = request.method === 'PUT' ? await request.text() : '';
      return documents.answer({ method: request.method, url, headers: request.headers, text });
    }
    const call = await pass(request);
    const isTold = options.rateHeader ?? true;
    if (call instanceof Response) {
      const asked = askedOperation(request.method, url.pathname);
      return stamped(call, ids.uuid(), isTold && asked ? plan(asked.name).rate : undefined);
    }
    return stamped(await handlers[call.name](call), ids.uuid(), isTold ? plan(call.name).rate : undefined);
  }

  return {
    name: 'amazon',
    origin,
    clock,
    journal: parts.journal,
    faults: parts.faults,
    webhooks,
    state: amazonState({ store, desk: orders, notices, queue, tokens, buckets, plans, plan, keyOf, credentials }),
    fetch: door(parts, {
      origin,
      operation: ({ method, url }) => nameOf(method, new URL(url).pathname),
      handle,
      throttled: () => stamped(quotaExceeded(), ids.uuid(), undefined),
    }),
  };
}

function nameOf(method: string, pathname: string): string {
  if (pathname === tokenPath) return 'token';
  if (pathname.startsWith(documentPath)) return method === 'PUT' ? 'uploadDocument' : 'downloadDocument';
  return askedOperation(method, pathname)?.name ?? `${method} ${pathname}`;
}
