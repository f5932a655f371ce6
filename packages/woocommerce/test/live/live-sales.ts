import type { Scenery } from '@crossdock/testing/conformance';
import * as z from 'zod';
import { refOf, type LiveShop } from './live-shop.ts';
import type { LivePlatform, LiveState } from './live-platform.ts';
import { tagKey, tagsOf } from '../../src/order-tags.ts';
import { withId } from './shop-hand.ts';

/** More than a page of any pull: records of earlier laws are as good as new ones where so many are wanted. */
const many = 50;

/** Orders, and what becomes of them. */
export function liveSales(shop: LiveShop) {
  const { hand, tee } = shop;
  let written = 0;

  return {
    'orders.pull': {
      seed: pooled(async (count) => (await shop.placeMany(count)).map((id) => refOf('order', id))),
      touch: (_platform, { id }) => save(id, { customer_note: `Written ${++written}` }),
      async unknownStatus({ state }) {
        const id = await shop.place();
        state.strange.set(id, 'bartered');
        return refOf('order', id);
      },
      pending: () => placed({ status: 'pending' }),
      accept: (_platform, { id }) => save(id, { status: 'processing' }),
    },
    'orders.create': {
      draft: ({ state }, number) => shop.anOrder(`${state.number}-${number}`, { sku: tee.sku, quantity: number }),
      created: async () => (await hand.all(`/orders?status=any&search=${shop.run}`)).map(String),
    },
    'orders.update': {
      async noted(_platform, number, { note, tags }) {
        const meta_data = await Promise.all(tags.map(tagMeta));
        const line_items = [{ product_id: tee.id, quantity: number }];
        return placed({ customer_note: note, meta_data, line_items });
      },
      async shown(_platform, { id }) {
        const { customer_note: note, meta_data, date_modified_gmt: version } = await shop.order(Number(id));
        await passed(version);
        return { note, tags: tagsOf(meta_data), version };
      },
      unknown: () => refOf('order', 1_987_654_321),
      tagByStranger: async (_platform, { id }, tag) => save(id, { meta_data: [await tagMeta(tag)] }),
    },
    'orders.get': { unknown: () => refOf('order', 1_987_654_321) },
    'orders.cancel': {
      open: () => placed(),
      isCanceled: async (_platform, { id }) => (await shop.order(Number(id))).status === 'cancelled',
    },
    'shipments.confirm': {
      async ready() {
        const order = await placed();
        const { line_items: lines } = await shop.order(Number(order.id));
        return { order, lines: lines.map(({ id, quantity }) => ({ id: String(id), sku: tee.sku, quantity })) };
      },
      async shipped(_platform, { id }) {
        const { meta_data } = await shop.order(Number(id));
        const marks = meta_data.filter(({ key }) => key.startsWith('_crossdock_shipments_'));
        return marks.reduce((sum, { value }) => sum + unitsOf(value), 0);
      },
    },
  } satisfies Partial<Scenery<LiveState>>;

  async function placed(change: Readonly<Record<string, unknown>> = {}) {
    return refOf('order', await shop.place(change));
  }

  async function save(id: string, change: object): Promise<void> {
    await hand.write('PUT', `/orders/${id}?_fields=id`, withId, change);
  }
}

const tagMeta = async (tag: string) => ({ key: await tagKey(tag), value: tag });

/** Waits until the next write of a record has another stamp: the shop shows whole seconds. */
async function passed(writtenAt: string): Promise<void> {
  const at = Date.parse(`${writtenAt}Z`);
  if (Date.now() - at < stampMs) await new Promise((done) => setTimeout(done, stampMs));
}

const stampMs = 1100;

const shipped = z.object({ lines: z.array(z.object({ quantity: z.number() })) });

function unitsOf(mark: unknown): number {
  return shipped.parse(mark).lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** Makes records, and takes earlier ones besides where so many are wanted that they fill pages. */
export function pooled<R>(make: (count: number) => Promise<readonly R[]>) {
  const pool: R[] = [];
  return async (_platform: LivePlatform, count: number): Promise<readonly R[]> => {
    const old = count > many ? pool.slice(0, count - 1) : [];
    const made = await make(count - old.length);
    pool.push(...made);
    return [...old, ...made];
  };
}
