import type { Json } from '@crossdock/core';
import { isBody, type Body } from './body.ts';
import type { Answer, Call, Endpoint } from './call.ts';
import { Refused } from './refused.ts';

/** What a batch can do to one kind of record. */
export interface Batchable {
  readonly create: (call: Call, body: Body) => Json | Promise<Json>;
  readonly update: (call: Call, body: Body) => Json | Promise<Json>;
  readonly remove: (call: Call, id: Json) => Json | Promise<Json>;
  /** What stands as the id of an item that could not be removed; of variations it is an object. */
  readonly removedId?: (call: Call, id: Json) => Json;
}

const most = 100;

/**
 * Many writes in one call: one after the other, each for itself, in the order sent. Items are not checked as single writes
 * are. Nothing at all answers an empty list. Recorded on WooCommerce 10.0.2, 2026-11-23 (batch-…).
 */
export function batch(work: Batchable): Endpoint {
  return { deed: 'batch', answer: (call) => run({ ...call, isBatched: true }, work) };
}

async function run(call: Call, work: Batchable): Promise<Answer> {
  const create = itemsOf(call.body['create']).map(bodyOf);
  const update = itemsOf(call.body['update']).map(bodyOf);
  const remove = itemsOf(call.body['delete']);
  if (create.length + update.length + remove.length > most) {
    throw new Refused(
      413,
      'woocommerce_rest_request_entity_too_large',
      `Unable to accept more than ${most} items for this request.`,
    );
  }
  const done: Record<string, Json> = {};
  if (create.length > 0)
    done['create'] = await each(
      call,
      create,
      () => 0,
      (body) => work.create(call, body),
    );
  if (update.length > 0)
    done['update'] = await each(
      call,
      update,
      (body) => body['id'] ?? null,
      (body) => work.update(call, body),
    );
  if (remove.length > 0)
    done['delete'] = await each(
      call,
      remove,
      (id) => work.removedId?.(call, id) ?? id,
      (id) => work.remove(call, id),
    );
  call.shift.goOn();
  return { body: Object.keys(done).length === 0 ? [] : done };
}

/** An object is walked as a list of its values. Compared with WooCommerce 10.5.0, 2026-11-26. */
function itemsOf(sent: Json): readonly Json[] {
  if (Array.isArray(sent)) return sent;
  return isBody(sent) ? Object.values(sent) : [];
}

function bodyOf(item: Json): Body {
  return isBody(item) ? item : {};
}

async function each<T extends Json>(
  call: Call,
  items: readonly T[],
  idOf: (item: T) => Json,
  act: (item: T) => Json | Promise<Json>,
): Promise<readonly Json[]> {
  const results: Json[] = [];
  for (const item of items) {
    // A time limit leaves what was written before. What WooCommerce does with one follows from its source; it was not recorded.
    call.shift.goOn();
    try {
      results.push(await act(item));
    } catch (error) {
      // PHP that ends at one item ends all of it; what was written before stays. Compared with WooCommerce 10.5.0, 2026-11-26.
      if (!(error instanceof Refused) || error.code === 'internal_server_error') throw error;
      results.push({ id: idOf(item), error: { code: error.code, message: error.message, data: error.data } });
    }
  }
  return results;
}
