import { createHmac } from 'node:crypto';
import type { Order } from '@crossdock/core';
import { anOrder } from '@crossdock/testing';

/** What the shop and whoever else knows it sign with. */
export const secret = 'a secret of the shop';
const startAt = Date.parse('2026-11-01T00:00:00.000Z');

/** A webhook as it goes over the wire. */
export interface Post {
  readonly delivery: string;
  readonly body: string;
  readonly signature: string;
  /** The order that it tells of. */
  readonly number: string;
}

/** A shop whose orders change often and which tells each change once, in order. */
export function busyShop(orders: number, changes: number) {
  const present = new Map<string, Order>();
  const posts: Post[] = [];
  for (let version = 1; version <= changes; version++) {
    for (let place = 1; place <= orders; place++) {
      const order = orderAt(String(place), version, startAt + version * 3_600_000 + place);
      present.set(order.number, order);
      posts.push(postOf(order, `d-${place}-${version}`));
    }
  }
  return { present, posts };
}

/** A delivery that the shop signed. */
export function postOf(order: Order, delivery: string): Post {
  const body = JSON.stringify(order);
  const signature = createHmac('sha256', secret).update(body).digest('base64');
  return { delivery, body, signature, number: order.number };
}

/** The same delivery, written by somebody who does not know the secret: another body under a signature that was seen. */
export function forged(post: Post): Post {
  return { ...post, delivery: `${post.delivery}-forged`, body: post.body.replace('"paid"', '"refunded"') };
}

function orderAt(number: string, version: number, at: number): Order {
  return anOrder({
    ref: { system: 'shop', kind: 'order', id: number },
    number,
    // The total tells which state of the order this is.
    totals: { ...anOrder().totals, total: { amount: `${version}.00`, currency: 'GBP' } },
    placedAt: new Date(startAt + Number(number)).toISOString(),
    updatedAt: new Date(at).toISOString(),
  });
}
