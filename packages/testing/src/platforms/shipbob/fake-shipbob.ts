import { bench, door, type FakePlatform } from '../../fake/platform.ts';
import { tooMany } from './api-error.ts';
import { shipBobApp } from './app.ts';
import { drawnSecret, shipBobHooks } from './hooks.ts';
import { requestLimit } from './limit.ts';
import { shipBobScopes, type ShipBobOptions } from './options.ts';
import { shipBobState, type ShipBobState } from './state.ts';
import { shipBobStore } from './store.ts';
import { views } from './views.ts';
import { warehouse } from './warehouse.ts';

/**
 * A ShipBob that keeps what it is told: takes orders, sets goods aside, picks, ships and delivers as time passes, and
 * tells its subscribers. What it believes about the real one stands in `shipBobFacts`.
 *
 * Operations are named by method and path: `POST /order`, `GET /order`, `GET /order/{id}`, `POST /order/{id}:cancel`.
 */
export function fakeShipBob(options: ShipBobOptions = {}): FakePlatform<ShipBobState> {
  const parts = bench(options);
  const { clock, random, faults, journal } = parts;
  const store = shipBobStore();
  const hooks = shipBobHooks(parts, store);
  const view = views(store, options.naiveTimes ?? false);
  const house = warehouse(store, clock, random, options, {
    labelled: (order) => hooks.tell('order.shipped', view.order(order)),
    shipment: (topic, shipment) => hooks.tell(`order.shipment.${topic}`, view.shipment(shipment)),
  });
  const secret = () => options.webhookSecret ?? drawnSecret(random);
  const app = shipBobApp(
    {
      store,
      house,
      view,
      channelId: options.channelId ?? 100_001,
      secret,
      now: () => clock.now(),
      listedUntil: () => clock.now() - (options.listLagMs ?? 0),
    },
    {
      token: options.token ?? 'shipbob-token',
      scopes: new Set(options.scopes ?? shipBobScopes),
      limit: requestLimit(clock, options.requestsPerMinute ?? 150),
    },
  );
  const origin = 'https://shipbob.fake';
  return {
    name: 'shipbob',
    origin,
    clock,
    faults,
    journal,
    webhooks: hooks.feed,
    state: shipBobState(store, house, (url, topics) => {
      const id = store.nextId('subscription');
      const own = secret();
      store.subscriptions.set(id, { id, topics, url, secret: own, createdAt: clock.now(), isEnabled: true });
      return own;
    }),
    fetch: door(parts, {
      origin,
      operation: ({ method, url }) =>
        `${method} ${new URL(url).pathname.replace(/^\/[^/]+/, '').replaceAll(/\/\d+/g, '/{id}')}`,
      handle: (request) => app.fetch(request),
      throttled: tooMany,
    }),
  };
}
