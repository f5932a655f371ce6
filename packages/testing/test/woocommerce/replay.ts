import { readFileSync } from 'node:fs';
import type { Json } from '@crossdock/core';
import { fakeWooCommerce, testClock, wooKey, type WooKey } from '@crossdock/testing';
import { basic } from './shop.ts';

type Shop = ReturnType<typeof fakeWooCommerce>;
type Fields = { readonly [key: string]: Json };

export interface Recorded {
  readonly name: string;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly body?: Json;
  readonly auth: 'none' | 'basic' | 'query';
  readonly key: string;
  readonly https: boolean;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly answer: Json;
}

/** Our own recordings, in our own form. */
export function recordings(): readonly Recorded[] {
  const text = readFileSync(new URL('samples/exchanges.jsonl', import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded);
}

const key = (letter: string, permission: WooKey['permission'], can: WooKey['can']): WooKey => ({
  key: `ck_${letter.repeat(40)}`,
  secret: `cs_${letter.repeat(40)}`,
  permission,
  can,
});

const keys: Readonly<Record<string, WooKey>> = {
  rw: { ...wooKey, permission: 'read_write', can: 'manage' },
  manager: key('a', 'read_write', 'manage'),
  ro: key('b', 'read', 'manage'),
  wo: key('c', 'write', 'manage'),
  customer: key('d', 'read_write', 'nothing'),
};

/** A shop with the keys of the recorded one, at the time of the recording. */
export function recordedShop(https = true): Shop {
  const shop = fakeWooCommerce({
    clock: testClock({ startAt: '2026-11-23T12:34:20Z', auto: false }),
    origin: 'https://127.0.0.1:8090',
    https,
    keys: Object.values(keys),
  });
  shop.webhooks.deliver = async () => new Response();
  return shop;
}

/** Where a fake answered otherwise than the recorded server. */
export interface Difference {
  readonly name: string;
  readonly what: string;
  readonly recorded: Json;
  readonly answered: Json;
}

const isFields = (value: Json): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Drawn anew for every answer. */
const notCompared = new Set(['related_ids', 'order_key']);

/**
 * Sends recorded requests to a fake and tells where it answers otherwise. Ids are matched as they come: what was recorded as
 * 1602 and is 160 here is the same record from then on. Moments are compared as being there or not.
 */
export function replayer(shop: Shop, plainShop: Shop) {
  const ids = new Map<string, number>();
  /** The path of the exchange that is being played. */
  let asked = '';

  const here = (kind: string, id: number) => ids.get(`${kind} ${id}`) ?? id;
  const learn = (kind: string, recorded: Json, answered: Json) => {
    if (typeof recorded !== 'number' || typeof answered !== 'number') return;
    const known = `${kind} ${recorded}`;
    if (!ids.has(known)) ids.set(known, answered);
  };

  /** A text with ids in it, in the numbers of this fake. */
  function mapText(text: string): string {
    return text
      .replaceAll(
        /(orders|products|refunds|coupons|variations|order-pay)\/(\d+)/g,
        (_all, name: string, id: string) => `${name}/${here('post', Number(id))}`,
      )
      .replaceAll(/customers\/(\d+)/g, (_all, id: string) => `customers/${here('user', Number(id))}`)
      .replaceAll(/notes\/(\d+)/g, (_all, id: string) => `notes/${here('note', Number(id))}`)
      .replaceAll(
        /include=([\d,]+)/g,
        (_all, list: string) =>
          `include=${list
            .split(',')
            .map((id) => here('post', Number(id)))
            .join(',')}`,
      )
      .replaceAll(/\[(\d+),"/g, (_all, id: string) => `[${here('post', Number(id))},"`);
  }

  function mapBody(value: Json, within = ''): Json {
    if (Array.isArray(value)) {
      return value.map((item: Json) =>
        within === 'delete' && typeof item === 'number' ? here('post', item) : mapBody(item, within),
      );
    }
    if (!isFields(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, field]) => {
        const kind = kindOf(name, within, asked);
        return [name, kind !== undefined && typeof field === 'number' ? here(kind, field) : mapBody(field, name)];
      }),
    );
  }

  function compare(
    recorded: Json,
    answered: Json,
    path: string,
    within: string,
    found: (what: string, a: Json, b: Json) => void,
  ): void {
    if (typeof recorded === 'string' && typeof answered === 'string') {
      const wanted = plain(within === 'number' ? String(here('post', Number(recorded))) : mapText(recorded));
      if (wanted !== plain(answered)) found(path, recorded, answered);
      return;
    }
    if (Array.isArray(recorded) && Array.isArray(answered)) {
      compareLists(recorded, answered, path, within, found);
      return;
    }
    if (isFields(recorded) && isFields(answered)) {
      compareFields(recorded, answered, path, within, found);
      return;
    }
    if (recorded !== answered) found(path, recorded, answered);
  }

  function compareLists(
    recorded: readonly Json[],
    answered: readonly Json[],
    path: string,
    within: string,
    found: (what: string, a: Json, b: Json) => void,
  ): void {
    if (recorded.length !== answered.length) return found(`${path}.length`, recorded.length, answered.length);
    if (within === 'variations') {
      const wanted = recorded.map((id) => here('post', Number(id)));
      if (JSON.stringify(wanted) !== JSON.stringify(answered)) found(path, recorded, answered);
      return;
    }
    for (const [index, item] of recorded.entries()) compare(item, answered[index], `${path}[${index}]`, within, found);
  }

  function compareFields(
    recorded: Fields,
    answered: Fields,
    path: string,
    within: string,
    found: (what: string, a: Json, b: Json) => void,
  ): void {
    const names = [...new Set([...Object.keys(recorded), ...Object.keys(answered)])];
    for (const name of names.filter((field) => !notCompared.has(field))) {
      const [left, right] = [recorded[name], answered[name]];
      const kind = within === 'meta_data' && name === 'id' ? metaKind(path, asked) : kindOf(name, within, asked);
      if (kind !== undefined && typeof left === 'number' && left !== 0) {
        learn(kind, left, right);
        if (here(kind, left) !== right) found(`${path}.${name}`, left, right);
      } else if (name === 'value' && recorded['key'] === '_refunded_item_id') {
        if (String(here('item', Number(left))) !== right) found(`${path}.${name}`, left, right);
      } else if (name !== 'display_value' || recorded['key'] !== '_refunded_item_id') {
        compare(left, right, `${path}.${name}`, /^\d+$/.test(name) ? within : name, found);
      }
    }
  }

  return {
    ids,
    here,
    mapText,
    /** Goes on to the second of a recording. */
    async reach(at: string): Promise<void> {
      const wait = Date.parse(at) - shop.clock.now();
      if (wait > 0) await shop.clock.advance(wait);
    },
    async play(recorded: Recorded): Promise<readonly Difference[]> {
      asked = recorded.path;
      const differences: Difference[] = [];
      const found = (what: string, a: Json, b: Json) => {
        differences.push({ name: recorded.name, what, recorded: a, answered: b });
      };
      const target = recorded.https ? shop : plainShop;
      const response = await target.fetch(`${target.origin}${pathOf(recorded, mapText)}`, {
        method: recorded.method,
        headers: headersOf(recorded),
        ...bodyOf(recorded, mapBody),
      });
      const text = await response.text();
      const answered: Json = text === '' ? '' : (JSON.parse(text) as Json); // JSON.parse gives JSON.
      if (response.status !== recorded.status) {
        found('status', [recorded.status, recorded.answer], [response.status, answered]);
        return differences;
      }
      compare(recorded.answer, answered, '', '', found);
      for (const name of ['link', 'x-wp-total', 'x-wp-totalpages', 'location', 'allow', 'cache-control', 'vary']) {
        const wanted = recorded.headers[name];
        const got = response.headers.get(name) ?? undefined;
        if ((wanted === undefined ? undefined : mapText(wanted)) !== got) found(`headers.${name}`, wanted, got);
      }
      return differences;
    },
  };
}

/** Custom fields are counted by table. */
function metaKind(path: string, asked: string): string {
  if (/(line_items|_lines)\[/.test(path)) return 'item meta';
  return asked.includes('/orders') ? 'meta' : 'post meta';
}

function topKindOf(path: string): string {
  if (path.includes('/notes')) return 'note';
  if (path.includes('/customers')) return 'user';
  if (path.includes('/webhooks')) return 'webhook';
  return path.includes('/taxes') ? 'rate' : 'post';
}

/** What a number under a name is the id of. */
function kindOf(name: string, within: string, asked: string): string | undefined {
  if (['product_id', 'variation_id', 'parent_id', 'resource_id', 'new_draft_order_id'].includes(name)) return 'post';
  if (name === 'customer_id') return 'user';
  if (name === 'rate_id') return 'rate';
  if (name !== 'id') return undefined;
  if (/^(line_items|tax_lines|shipping_lines|fee_lines|coupon_lines)$/.test(within)) return 'item';
  if (within === 'taxes' || within === 'refund_tax') return 'rate';
  if (within === 'meta_data') return 'meta';
  if (within === 'refunds') return 'post';
  return ['', 'create', 'update', 'delete', 'id'].includes(within) ? topKindOf(asked) : undefined;
}

function pathOf(recorded: Recorded, mapText: (text: string) => string): string {
  const path = mapText(recorded.path);
  if (recorded.auth !== 'query') return path;
  const { key: id, secret } = keys[recorded.key] ?? wooKey;
  return `${path}${path.includes('?') ? '&' : '?'}consumer_key=${id}&consumer_secret=${secret}`;
}

function headersOf(recorded: Recorded): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json', 'content-type': 'application/json' };
  const known = keys[recorded.key] ?? wooKey;
  if (recorded.name === 'auth-badkey') headers['authorization'] = basic({ ...known, key: `ck_${'9'.repeat(40)}` });
  else if (recorded.name === 'auth-badsecret')
    headers['authorization'] = basic({ ...known, secret: `cs_${'9'.repeat(40)}` });
  else if (recorded.auth === 'basic') headers['authorization'] = basic(known);
  return headers;
}

function bodyOf(recorded: Recorded, mapBody: (body: Json) => Json): { readonly body: string } | undefined {
  if (recorded.name === 'invalid-json') return { body: '{not json' };
  return recorded.body === undefined ? undefined : { body: JSON.stringify(mapBody(recorded.body)) };
}

/** Moments, keys and file paths are as good as any other. */
function plain(text: string): string {
  return text
    .replaceAll(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/g, '<moment>')
    .replaceAll(/^\d{10}$/g, '<moment>')
    .replaceAll(/wc_order_\w+/g, '<key>');
}
