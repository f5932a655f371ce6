import type { Bucket, ShopPlan } from './bucket.ts';
import type { BulkOffice } from './bulk/office.ts';
import type { Storage } from './bulk/storage.ts';
import { gid } from './gid.ts';
import type { KeyStore } from './idempotency.ts';
import { moveOrder, refundByHand, shipByHand } from './life/by-hand.ts';
import { cancel, whyNotCancelled } from './life/cancel.ts';
import { edit } from './life/edit.ts';
import { hold, releaseHolds } from './life/holds.ts';
import { pay } from './life/payments.ts';
import { placeOrder } from './life/place-order.ts';
import { orderOf, refused, touch, type Shop } from './life/shop.ts';
import { addLocation } from './life/stock.ts';
import { appState } from './make-state-app.ts';
import { bulkState } from './make-state-bulk.ts';
import { catalogueState } from './make-state-catalogue.ts';
import { handlingState } from './make-state-handling.ts';
import { customerState } from './make-state-customers.ts';
import type { Front } from './front.ts';
import type { Tokens } from './oauth.ts';
import type { SessionTokens } from './session-token.ts';
import { fulfillmentOrdersOf, isOpen } from './order-status.ts';
import type { Privacy } from './privacy.ts';
import type { OrderRecord, SubscriptionRecord } from './records.ts';
import { shownFulfillment, shownFulfillmentOrder, shownOrder, shownSubscription } from './shown.ts';
import type { ShopifyState } from './state.ts';
import { topicEnum } from './webhooks/sender.ts';

/** What the state door stands on. */
export type StateParts = {
  readonly shop: Shop;
  readonly version: string;
  readonly tokens: Tokens;
  readonly bucket: Bucket;
  readonly keys: KeyStore;
  readonly plan: ShopPlan;
  readonly accessToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly sessions: SessionTokens;
  readonly front: Front;
  readonly finishJobs: () => void;
  readonly refusedFields: Map<string, string>;
  readonly privacy: Privacy;
  readonly bulk: BulkOffice;
  readonly storage: Storage;
};

/** Makes the door through which tests and the demo live in the shop. */
export function makeState(parts: StateParts): ShopifyState {
  const { shop, version, bucket } = parts;
  const { store } = shop;
  const shown = (order: OrderRecord) => shownOrder(store, order, version);
  /** Does something to an order and answers it. */
  const changed = (orderId: string, work: (order: OrderRecord) => void) => {
    const order = orderOf(shop, orderId);
    work(order);
    return shown(order);
  };
  const updated = (order: OrderRecord) => {
    touch(shop, order);
    shop.tell([{ topic: 'orders/updated', order }]);
  };
  const related = (orderId: string) => store.ofOrder.get(orderOf(shop, orderId).id);
  const catalogue = catalogueState(shop);
  const customers = customerState(shop, parts.privacy);
  const bulk = bulkState(store, parts.bulk, parts.storage);

  return {
    addLocation: ({ name, ...address }) => gid('Location', addLocation(store, name, address).id),
    ...catalogue,
    ...handlingState(shop),
    ...customers,
    ...bulk,
    ...appState(shop, parts),
    // A spread would read the lists once and for all.
    get products() {
      return catalogue.products;
    },
    get bulkOperations() {
      return bulk.bulkOperations;
    },
    get customers() {
      return customers.customers;
    },

    placeOrder: (input) => shown(placeOrder(shop, input)),
    editOrder: (orderId, change) => changed(orderId, (order) => edit(shop, order, change)),
    touchOrder: (orderId) => changed(orderId, updated),
    unlistOrder(orderId) {
      const { id } = orderOf(shop, orderId);
      store.unlisted.add(id);
      return () => void store.unlisted.delete(id);
    },
    payOrder: (orderId, amount) => changed(orderId, (order) => pay(shop, order, amount)),
    expireAuthorization: (orderId) =>
      changed(orderId, (order) => {
        order.authorizationExpired = true;
        updated(order);
      }),
    cancelOrder: (orderId, reason, how) =>
      changed(orderId, (order) => {
        const why = whyNotCancelled(shop, order);
        if (why) throw refused(`Order "${order.name}" was not cancelled: ${why}.`);
        cancel(shop, order, {
          reason,
          restock: how?.restock ?? true,
          refund: how?.refund ?? true,
          staffNote: how?.staffNote,
        });
      }),
    refundOrder: (orderId, what) => changed(orderId, (order) => refundByHand(shop, order, what)),
    shipOrder: (orderId, shipment) => shownFulfillment(store, shipByHand(shop, orderOf(shop, orderId), shipment ?? {})),
    holdOrder(orderId, reason) {
      for (const record of fulfillmentOrdersOf(store, orderOf(shop, orderId).id).filter(isOpen)) {
        hold(shop, record, { reason, handle: '', notes: undefined, app: undefined, externalId: undefined });
      }
    },
    releaseOrder(orderId) {
      for (const record of fulfillmentOrdersOf(store, orderOf(shop, orderId).id))
        releaseHolds(shop, record, () => true);
    },
    moveOrder: (orderId, locationId) => moveOrder(shop, orderOf(shop, orderId), locationId),
    closeOrder: (orderId) =>
      changed(orderId, (order) => {
        order.closedAt ??= store.second();
        updated(order);
      }),
    useStatusWords: (orderId, words) =>
      changed(orderId, (order) => {
        order.statusWords = { ...order.statusWords, ...words };
        updated(order);
      }),

    get orders() {
      return [...store.orders.values()].map(shown);
    },
    order: (orderId) => shown(orderOf(shop, orderId)),
    get fulfillments() {
      return [...store.fulfillments.values()].map((record) => shownFulfillment(store, record));
    },
    fulfillmentsOf: (orderId) =>
      (related(orderId)?.fulfillments ?? []).map((record) => shownFulfillment(store, record)),
    fulfillmentOrdersOf: (orderId) =>
      (related(orderId)?.fulfillmentOrders ?? []).map((record) => shownFulfillmentOrder(store, record)),
    get locations() {
      return [...store.locations.values()].map(({ id, name }) => ({ id: gid('Location', id), name }));
    },
    get subscriptions() {
      return [...store.subscriptions.values()].map(shownSubscription);
    },
    subscribe(topic, uri, more) {
      const now = store.second();
      const record: SubscriptionRecord = {
        id: store.nextId(),
        topic: topicEnum(topic),
        uri,
        name: more?.name,
        includeFields: more?.includeFields ?? [],
        filter: more?.filter,
        by: 'app',
        createdAt: now,
        updatedAt: now,
      };
      store.subscriptions.set(record.id, record);
      return shownSubscription(record);
    },

    refuseField(field, code) {
      parts.refusedFields.set(field, code);
      return () => void parts.refusedFields.delete(field);
    },
    get bucket() {
      return bucket.status;
    },
    drainBucket: (leave) => bucket.leave(leave),
    setRestoreRate: (rate) => bucket.setRate(rate),
    plan: parts.plan,
    occupyKey: (key) => parts.keys.occupy(key),
    finishJobs: parts.finishJobs,
  };
}
