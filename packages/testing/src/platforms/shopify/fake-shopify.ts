import { Hono, type Context as HttpContext } from 'hono';
import { bench, door, type FakeOptions, type FakePlatform } from '../../fake/platform.ts';
import { seededRandom } from '../../fake/random.ts';
import { webhookFeed, type WebhookFeed } from '../../fake/webhook-feed.ts';
import { leakyBucket, type ShopPlan } from './bucket.ts';
import { answer, costOf, throttledAnswer } from './graphql/answer.ts';
import { askedIn, operationOf } from './graphql/asked.ts';
import { keyStore } from './idempotency.ts';
import { jobQueue } from './jobs.ts';
import type { Shop } from './life/shop.ts';
import { makeState } from './make-state.ts';
import { mutationRoot } from './mutations/mutations.ts';
import { shopFront } from './front.ts';
import { formOf, tokenOffice } from './oauth.ts';
import { bulkOffice } from './bulk/office.ts';
import { fileStorage, isForStorage } from './bulk/storage.ts';
import { operationNames } from './operation-names.ts';
import { sessionTokens } from './session-token.ts';
import { privacyWatch } from './privacy.ts';
import { queryRoot } from './queries/queries.ts';
import { shopSchemas, type ShopSchemas } from './schema/shop-schemas.ts';
import type { ShopifyState } from './state.ts';
import { emptyStore } from './store.ts';
import { servedVersion, stableVersions } from './versions.ts';
import { makeViews } from './views/make-views.ts';
import { deliveryTimeoutMs, retryDelaysMs, webhookSender, type Sender } from './webhooks/sender.ts';

/** How a fake shop is set up. */
export interface FakeShopifyOptions extends FakeOptions {
  /** The name before ".myshopify.com". Default "acme". */
  readonly shop?: string | undefined;
  /** A token that never expires, as apps made in the admin before 2026 have. Default "shpat_fake". */
  readonly accessToken?: string | undefined;
  /** The app's client id. Default "fake-client-id". */
  readonly clientId?: string | undefined;
  /** The app's client secret, which also signs its webhooks. Default "shpss_fake". */
  readonly webhookSecret?: string | undefined;
  /** Decides the allowance. Default standard. */
  readonly plan?: ShopPlan | undefined;
  /** Versions that are still served, oldest first. Default those of November 2026. */
  readonly apiVersions?: readonly string[] | undefined;
  /** The version of webhook payloads, set for the app. Default "2026-07". */
  readonly webhookVersion?: string | undefined;
  /** What tokens may do. Default everything. */
  readonly scopes?: readonly string[] | undefined;
  /** The shop's currency. Default USD. */
  readonly currency?: string | undefined;
  /**
   * Where files of bulk operations are fetched and uploaded. Default the hosts that the platform uses, for which `fetch`
   * answers too; for a client that came through a listening door, by plain HTTP, that door.
   */
  readonly storageOrigin?: string | undefined;
  /** Shared by many shops, to open each of them in less time. Default its own. */
  readonly schemas?: ShopSchemas | undefined;
}

/**
 * Makes a shop that answers the Admin GraphQL API from state, with the platform's costs, errors, guards and webhooks,
 * and lacks what the platform lacks: a repeated partial `fulfillmentCreate` ships twice.
 */
export function fakeShopify(options: FakeShopifyOptions = {}): FakePlatform<ShopifyState> {
  const parts = bench(options, operationNames);
  const { clock } = parts;
  const shopName = options.shop ?? 'acme';
  const origin = `https://${shopName}.myshopify.com`;
  const plan = options.plan ?? 'standard';
  const accessToken = options.accessToken ?? 'shpat_fake';
  const clientId = options.clientId ?? 'fake-client-id';
  const clientSecret = options.webhookSecret ?? 'shpss_fake';
  const store = emptyStore({
    shop: shopName,
    currency: options.currency ?? 'USD',
    clock,
    // Apart from the weather's chance, so that ids do not depend on what becomes of deliveries.
    random: seededRandom((options.seed ?? 1) * 7919 + 1),
  });
  const webhooks: WebhookFeed = webhookFeed({
    clock,
    random: parts.random,
    retryDelaysMs,
    timeoutMs: deliveryTimeoutMs,
    onGivenUp: ({ id }) => sender.givenUp(id),
  });
  const sender: Sender = webhookSender({
    store,
    feed: webhooks,
    secret: clientSecret,
    version: options.webhookVersion ?? '2026-07',
  });
  const shop: Shop = { store, tell: (happenings) => sender.tell(happenings) };
  const bucket = leakyBucket(clock, plan);
  const keys = keyStore(clock);
  const jobs = jobQueue(shop);
  const front = shopFront({
    host: `${shopName}.myshopify.com`,
    now: () => clock.now(),
    versions: options.apiVersions ?? stableVersions,
  });
  const newest = () => front.versions.at(-1) ?? '2026-10';
  const sessions = sessionTokens({ now: () => clock.now(), shop: shopName, clientId, clientSecret, uuid: store.uuid });
  const tokens = tokenOffice({
    sessions,
    clock,
    uuid: store.uuid,
    staticToken: accessToken,
    clientId,
    clientSecret,
    scopes: options.scopes,
  });
  const { schemas = shopSchemas() } = options;
  const refusedFields = new Map<string, string>();
  const privacy = privacyWatch();
  const bulk = bulkOffice(shop);
  const storage = fileStorage(store, options.storageOrigin);

  const app = new Hono();
  app.use(async (http, next) => {
    const requestId = store.uuid();
    const refusal = front.refusal(http.req.raw);
    if (refusal) {
      refusal.headers.set('x-request-id', requestId);
      return refusal;
    }
    http.header('x-request-id', requestId);
    if (front.deprecatedReason !== undefined) http.header('x-shopify-api-deprecated-reason', front.deprecatedReason);
    return next();
  });
  app.post('/admin/oauth/access_token', async (http) => {
    const { status, body } = await tokens.grant(formOf(await http.req.text(), http.req.header('content-type')));
    return status === 200 ? http.json(body) : http.json(body, status);
  });
  app.post('/admin/api/:version/graphql.json', async (http) => graphql(http, http.req.param('version')));
  app.notFound((http) => http.json({ errors: 'Not Found' }, 404));

  async function graphql(http: HttpContext, wanted: string): Promise<Response> {
    const version = servedVersion(wanted, front.versions);
    if (!version) return http.json({ errors: 'Not Found' }, 404);
    http.header('x-shopify-api-version', wanted === 'unstable' ? wanted : version);
    const token = tokens.check(http.req.header('x-shopify-access-token') ?? '');
    if (!token) {
      const words = '[API] Invalid API key or access token (unrecognized login or wrong password)';
      return http.json({ errors: words }, 401);
    }
    const asked = askedIn(await http.req.text());
    if (!asked) return http.json({ errors: { query: 'Required parameter missing or invalid' } }, 400);
    if (front.isInactive) return http.json(inactive);
    const requestId = store.uuid();
    const body = await answer(asked, {
      schema: schemas.of(version),
      read: (schema, text) => schemas.read(schema, text),
      rootValue: { ...queryRoot, ...mutationRoot },
      bucket,
      requestId,
      context: {
        shop,
        version,
        plan,
        keys,
        inBulk: false,
        startJob: jobs.startCancel,
        views: makeViews(store, version),
        scopes: token.scopes,
        refusedFields,
        privacy,
        bulk,
        storage: storage.seenFrom(http.req.url),
        isOnline: token.isOnline,
        rawVariables: asked.variables,
        searches: [],
      },
    });
    return http.json(body);
  }

  const fetch = door(parts, {
    origin,
    operation(request, body) {
      if (isForStorage(request)) return request.method === 'GET' ? 'bulk.download' : 'bulk.upload';
      return operationOf(new URL(request.url).pathname, body);
    },
    handle: (request) => (isForStorage(request) ? storage.handle(request) : app.fetch(request)),
    throttled(retryAfterSeconds, body) {
      const asked = askedIn(body);
      const requested = asked ? costOf(asked, schemas.of(newest())) : 10;
      bucket.leave(requested - retryAfterSeconds * bucket.status.restoreRate);
      return Response.json(throttledAnswer(requested, bucket.status));
    },
  });
  const state = makeState({
    shop,
    version: newest(),
    tokens,
    bucket,
    keys,
    plan,
    accessToken,
    clientId,
    clientSecret,
    sessions,
    front,
    finishJobs: jobs.finish,
    refusedFields,
    privacy,
    bulk,
    storage,
  });
  return { name: 'shopify', origin, fetch, state, clock, journal: parts.journal, faults: parts.faults, webhooks };
}

// Seen as a code beside the others on API 2026-04; the words are ours.
const inactive = {
  errors: [{ message: 'The shop is inactive.', extensions: { code: 'SHOP_INACTIVE' } }],
};
