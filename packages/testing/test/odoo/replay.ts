import { readFileSync } from 'node:fs';
import type { Json } from '@crossdock/core';
import { fakeOdoo, testClock } from '@crossdock/testing';
import { isRecord, withoutUnserved } from './unserved.ts';

export type Odoo = ReturnType<typeof fakeOdoo>;
export type Player = ReturnType<typeof replayer>;

export interface Recorded {
  readonly n: number;
  readonly label: string | null;
  readonly method: string;
  readonly path: string;
  readonly body: Json;
  readonly status: number;
  readonly answer: Json;
  readonly contentType?: string;
  readonly database?: string | null;
  readonly authorization?: string | null;
  /** Who asked, where it was not the connector. */
  readonly as?: keyof typeof keys;
}

/** Recorded exchanges of one flow, oldest first. */
export function samples(flow: string): Recorded[] {
  const text = readFileSync(new URL(`samples/${flow}.jsonl`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded); // Our own recordings, in our own form.
}

const keys = { connector: 'odoo-api-key', internal: 'internal-key', admin: 'admin-key' };

/** A fake with the users of the recorded server, at the time of the recording. */
export function recordedWorld(): Odoo {
  const odoo = fakeOdoo({ clock: testClock({ startAt: '2026-11-23T12:30:00Z' }), otherDatabases: [] });
  odoo.state.addUser({ login: 'low', apiKey: keys.internal, kind: 'internal' });
  odoo.state.addUser({ login: 'boss', apiKey: keys.admin, kind: 'admin' });
  return odoo;
}

export interface Difference {
  readonly n: number;
  readonly what: string;
  readonly recorded: Json;
  readonly answered: Json;
}

/**
 * Sends recorded requests to a fake and tells where it answers otherwise. Ids are matched as they come: what was
 * recorded as 16 and is 8 here is the same record from then on. Moments, sequence numbers and window ids are not compared.
 */
export function replayer(odoo: Odoo) {
  const ids = new Map<string, Map<number, number>>();
  const relations = new Map<string, ReadonlyMap<string, string>>();
  /** What orders and transfers are called here, by their recorded names. */
  const names = new Map<string, string>();

  async function relationsOf(model: string): Promise<ReadonlyMap<string, string>> {
    const known = relations.get(model);
    if (known) return known;
    const { body } = await send(odoo, `/json/2/${model}/fields_get`, {}, keys.admin);
    const found = new Map<string, string>();
    if (isRecord(body)) {
      for (const [name, field] of Object.entries(body)) {
        if (isRecord(field) && typeof field['relation'] === 'string') found.set(name, field['relation']);
      }
    }
    relations.set(model, found);
    return found;
  }

  const here = (model: string, id: number) => ids.get(model)?.get(id) ?? id;

  function learn(model: string, recorded: Json, answered: Json): void {
    if (typeof recorded !== 'number' || typeof answered !== 'number') return;
    const map = ids.get(model) ?? new Map<number, number>();
    if (!map.has(recorded)) map.set(recorded, answered);
    ids.set(model, map);
  }

  /** Ids in what is sent, in the words of this fake. */
  async function outgoing(model: string, value: Json, field?: string): Promise<Json> {
    const relation = field === undefined ? undefined : (await relationsOf(model)).get(field);
    if (relation !== undefined) return relationValue(relation, value);
    if (isRecord(value)) return mapVals(model, value);
    return value;
  }

  async function mapVals(model: string, vals: { readonly [key: string]: Json }): Promise<Json> {
    const mapped: { [key: string]: Json } = {};
    for (const [name, value] of Object.entries(vals)) mapped[name] = await outgoing(model, value, name);
    return mapped;
  }

  async function relationValue(relation: string, value: Json): Promise<Json> {
    if (typeof value === 'number') return here(relation, value);
    if (!Array.isArray(value)) return value;
    const items: readonly Json[] = value;
    const mapped: Json[] = [];
    for (const item of items) mapped.push(await command(relation, item));
    return mapped;
  }

  async function command(relation: string, item: Json): Promise<Json> {
    if (typeof item === 'number') return here(relation, item);
    if (!Array.isArray(item)) return item;
    const [kind, id, payload]: readonly Json[] = item;
    const target = typeof id === 'number' ? here(relation, id) : id;
    if (kind === 6 && Array.isArray(payload)) return [kind, target, await relationValue(relation, payload)];
    return [kind, target, isRecord(payload) ? await mapVals(relation, payload) : payload];
  }

  async function domain(model: string, items: Json): Promise<Json> {
    if (!Array.isArray(items)) return items;
    const mapped: Json[] = [];
    for (const item of items as readonly Json[]) {
      if (!Array.isArray(item) || item.length !== 3) {
        mapped.push(item);
        continue;
      }
      const [path, operator, value]: readonly Json[] = item;
      mapped.push([path, operator, await conditionValue(model, typeof path === 'string' ? path : '', value)]);
    }
    return mapped;
  }

  async function conditionValue(model: string, path: string, value: Json): Promise<Json> {
    const [name = '', ...rest] = path.split('.');
    const relation = name === 'id' ? model : (await relationsOf(model)).get(name);
    if (relation === undefined) return typeof value === 'string' ? (names.get(value) ?? value) : value;
    return rest.length > 0 ? conditionValue(relation, rest.join('.'), value) : relationValue(relation, value);
  }

  async function request(model: string, body: Json): Promise<Json> {
    if (!isRecord(body)) return body;
    const mapped: { [key: string]: Json } = {};
    for (const [name, value] of Object.entries(body)) {
      if (name === 'ids') mapped[name] = await relationValue(model, value);
      else if (name === 'domain') mapped[name] = await domain(model, value);
      else if (name === 'vals' || name === 'values')
        mapped[name] = isRecord(value) ? await mapVals(model, value) : value;
      else if (name === 'vals_list') mapped[name] = await valsList(model, value);
      else if (name === 'context') mapped[name] = await contextOf(model, value);
      else mapped[name] = value;
    }
    return mapped;
  }

  async function valsList(model: string, value: Json): Promise<Json> {
    if (isRecord(value)) return mapVals(model, value);
    if (!Array.isArray(value)) return value;
    const mapped: Json[] = [];
    for (const item of value as readonly Json[]) mapped.push(isRecord(item) ? await mapVals(model, item) : item);
    return mapped;
  }

  async function contextOf(model: string, context: Json): Promise<Json> {
    if (!isRecord(context)) return context;
    const mapped: { [key: string]: Json } = { ...context };
    const active = typeof context['active_model'] === 'string' ? context['active_model'] : 'stock.picking';
    for (const key of ['active_ids', 'active_id', 'button_validate_picking_ids', 'picking_ids_not_to_backorder']) {
      if (key in mapped)
        mapped[key] = await relationValue(key.startsWith('active') ? active : 'stock.picking', mapped[key]);
    }
    if ('default_pick_ids' in mapped)
      mapped['default_pick_ids'] = await relationValue('stock.picking', mapped['default_pick_ids']);
    for (const [key, to] of [
      ['warehouse_id', 'stock.warehouse'],
      ['location', 'stock.location'],
    ] as const) {
      if (key in mapped) mapped[key] = await relationValue(to, mapped[key]);
    }
    return mapped;
  }

  /** Compares two answers and learns ids on the way. */
  async function compare(
    model: string | undefined,
    recorded: Json,
    answered: Json,
    path: string,
    found: Difference[],
    n: number,
  ): Promise<void> {
    if (typeof recorded === 'string' && typeof answered === 'string') {
      if (plain(recorded) !== plain(answered)) found.push({ n, what: path, recorded, answered });
      else if (/^(<order>|WH\/(IN|OUT)\/<number>)$/.test(plain(recorded))) names.set(recorded, answered);
      return;
    }
    if (Array.isArray(recorded) && Array.isArray(answered)) {
      if (recorded.length !== answered.length) {
        found.push({ n, what: `${path}.length`, recorded, answered });
        return;
      }
      for (let index = 0; index < recorded.length; index++) {
        await compareItem(model, recorded[index], answered[index], `${path}[${index}]`, found, n);
      }
      return;
    }
    if (isRecord(recorded) && isRecord(answered)) {
      await compareRecords(model, recorded, answered, path, found, n);
      return;
    }
    if (recorded !== answered) found.push({ n, what: path, recorded, answered });
  }

  async function compareItem(
    model: string | undefined,
    recorded: Json,
    answered: Json,
    path: string,
    found: Difference[],
    n: number,
  ): Promise<void> {
    if (model !== undefined && typeof recorded === 'number' && typeof answered === 'number') {
      learn(model, recorded, answered);
      if (here(model, recorded) !== answered) found.push({ n, what: path, recorded, answered });
      return;
    }
    await compare(model, recorded, answered, path, found, n);
  }

  async function compareRecords(
    model: string | undefined,
    recorded: { readonly [key: string]: Json },
    answered: { readonly [key: string]: Json },
    path: string,
    found: Difference[],
    n: number,
  ): Promise<void> {
    const known = model === undefined ? undefined : await relationsOf(model);
    for (const [name, value] of Object.entries(recorded)) {
      const other = answered[name];
      const at = `${path}.${name}`;
      if (['view_id', 'views', 'res_id', 'id', 'ids', 'records', 'arguments', 'moreinfo', 'context'].includes(name)) {
        if (name === 'id' && model !== undefined) learn(model, value, other);
        continue;
      }
      const relation = known?.get(name);
      if (relation === undefined) await compare(undefined, value, other, at, found, n);
      else if (Array.isArray(value) && Array.isArray(other) && typeof value[1] === 'string') {
        learn(relation, value[0] as Json, other[0] as Json);
        await compare(undefined, value[1], other[1] as Json, at, found, n);
      } else if (typeof value === 'number') await compareItem(relation, value, other, at, found, n);
      else await compare(relation, value, other, at, found, n);
    }
  }

  return {
    /** The id here of what was recorded under another. */
    here,
    /** Tells that a recorded id is another one here. */
    learn,
    compare,
    async play(asRecorded: Recorded): Promise<Difference[]> {
      const [, , , model = '', method = ''] = asRecorded.path.split('/');
      const recorded = withoutUnserved(model, asRecorded);
      const known = model !== '' && (await isServed(odoo, model));
      const body = known ? await request(model, recorded.body) : recorded.body;
      const { status, body: answered } = await send(odoo, recorded.path, body, keyOf(recorded), recorded);
      const found: Difference[] = [];
      if (status !== recorded.status) {
        found.push({
          n: recorded.n,
          what: 'status',
          recorded: [recorded.status, recorded.answer],
          answered: [status, answered],
        });
        return found;
      }
      if (isRecord(recorded.answer) && 'text' in recorded.answer) return found;
      const ofRecords = known && !['fields_get', 'get_external_id', 'check_object_reference'].includes(method);
      if (ofRecords && isRecord(recorded.answer) && 'ids' in recorded.answer && isRecord(answered)) {
        await compare(model, recorded.answer['ids'], answered['ids'], 'ids', found, recorded.n);
      } else if (ofRecords && isRecord(recorded.answer) && 'records' in recorded.answer && isRecord(answered)) {
        await compare(model, recorded.answer['records'], answered['records'], 'records', found, recorded.n);
      }
      if (method === 'check_object_reference' && Array.isArray(recorded.answer) && Array.isArray(answered)) {
        const [target, id]: readonly Json[] = recorded.answer;
        if (typeof target === 'string')
          await compareItem(target, id, answered[1] as Json, 'answer[1]', found, recorded.n);
        return found;
      }
      if (method === 'get_external_id' && isRecord(recorded.answer)) {
        const byIdHere = Object.entries(recorded.answer).map(([id, name]) => [here(model, Number(id)), name] as const);
        await compare(undefined, Object.fromEntries(byIdHere), answered, 'answer', found, recorded.n);
        return found;
      }
      const isList = Array.isArray(recorded.answer);
      const windowModel = isRecord(recorded.answer) ? recorded.answer['res_model'] : undefined;
      if (typeof windowModel === 'string' && isRecord(recorded.answer) && isRecord(answered)) {
        learn(windowModel, recorded.answer['res_id'], answered['res_id']);
      }
      const listModel = method === 'action_put_in_pack' ? 'stock.package' : model;
      await compare(
        isList && ofRecords ? listModel : undefined,
        recorded.answer,
        answered,
        'answer',
        found,
        recorded.n,
      );
      return found;
    },
  };
}

/** A recorded call of the old transport, with the keys and the database of this fake, and how its answer differs. */
export async function playLegacy(odoo: Odoo, recorded: Recorded): Promise<readonly Json[]> {
  const text = typeof recorded.body === 'string' ? recorded.body : JSON.stringify(recorded.body);
  const body = text
    .replaceAll('"distro"', '"odoo"')
    .replaceAll('"connector","connector"', '"connector","odoo-api-key"')
    .replaceAll('<api-key>', keys.connector);
  const { status, body: answered } = await send(odoo, recorded.path, body, undefined, recorded);
  if (status !== recorded.status) return [recorded.label, recorded.status, status];
  if (isRecord(recorded.answer) && 'text' in recorded.answer) return [];
  return bare(answered) === bare(recorded.answer) ? [] : [recorded.label, recorded.answer, answered];
}

function bare(value: Json): string {
  const text = JSON.stringify(value);
  return plain(text.replaceAll(/,"debug":"[^"\\]*(?:\\.[^"\\]*)*"/g, '').replaceAll(/port \d+/g, 'port'));
}

/** Names that count up, and moments, are as good as any other. */
function plain(text: string): string {
  return text
    .replaceAll(/\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}/g, '<moment>')
    .replaceAll(/\bS\d{5}\b/g, '<order>')
    .replaceAll(/\b(WH|WEST)\/(OUT|IN)\/\d{5}\b/g, '$1/$2/<number>')
    .replaceAll(/User: \d+/g, 'User: <id>')
    .replaceAll(/\(id \d+\)/g, '(id <id>)')
    .replaceAll(/\nLINE 1:[\s\S]*$/g, '')
    .replaceAll(/\n$/g, '');
}

function keyOf({ label, path, answer, authorization, as }: Recorded): string | undefined {
  if (as !== undefined) return keys[as];
  if (label === 'badkey') return 'wrong';
  if (label === 'nokey' || label === 'basic' || authorization === null) return undefined;
  const refusal = isRecord(answer) && typeof answer['message'] === 'string' ? answer['message'] : '';
  if (
    label === 'low load' ||
    label === 'access1' ||
    label === 'access2' ||
    refusal.startsWith("You are not allowed to create 'Contact'")
  ) {
    return keys.internal;
  }
  // Direct access to external ids, countries and the like was recorded with the administrator, unless it was refused.
  const administrative =
    /\/(ir\.model\.data\/(search_read|create)|res\.country\/create|res\.company\/create|res\.currency)/.test(path);
  if (administrative && !refusal.startsWith('You are not allowed')) return keys.admin;
  return keys.connector;
}

async function isServed(odoo: Odoo, model: string): Promise<boolean> {
  const { status } = await send(odoo, `/json/2/${model}/fields_get`, {}, keys.admin);
  return status === 200;
}

/** One request as it was recorded, with a key of this fake. */
export async function send(odoo: Odoo, path: string, body: Json, key: string | undefined, recorded?: Recorded) {
  const method = recorded?.method ?? 'POST';
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const headers: Record<string, string> = {
    'content-type': recorded?.contentType ?? 'application/json; charset=utf-8',
  };
  if (key !== undefined) headers['authorization'] = `bearer ${key}`;
  if (recorded?.database !== null) headers['x-odoo-database'] = recorded?.database === 'nope' ? 'nope' : 'odoo';
  const response = await odoo.fetch(`${odoo.origin}${path}`, {
    method,
    headers,
    ...(method === 'GET' ? {} : { body: text }),
  });
  const answer = await response.text();
  return { status: response.status, body: parse(answer) };
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json; // JSON.parse gives JSON.
  } catch {
    return { text: text.slice(0, 60) };
  }
}
