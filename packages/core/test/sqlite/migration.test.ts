import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ClaimedJob, Ref, Stores } from '@crossdock/core';
import { sqliteStores } from '@crossdock/core/sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applicationId, migrations } from '../../src/sqlite/schema.ts';

const now = Date.parse('2026-11-20T00:00:00Z');
const moment = new Date(now).toISOString();
const order: Ref<'order'> = { system: 'shop', kind: 'order', id: '1' };
const sale: Ref<'order'> = { system: 'erp', kind: 'order', id: 'S1' };
const refs = JSON.stringify([order, sale]);

let directory = '';
let stores: Stores;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'crossdock-'));
  const file = join(directory, 'hub.db');
  writtenByVersion3(file);
  stores = sqliteStores({ file, clock: { now: () => now } });
});
afterEach(async () => {
  await stores.close();
  rmSync(directory, { recursive: true });
});

/** A file as the third schema left it, with something in every table. */
function writtenByVersion3(file: string): void {
  const old = new DatabaseSync(file);
  old.exec(`pragma journal_mode = wal; pragma application_id = ${applicationId}`);
  old.exec('create table schema_version (version integer primary key, applied_at text not null) strict');
  for (const [index, migration] of migrations.slice(0, 3).entries()) {
    old.exec(migration);
    old.prepare('insert into schema_version (version, applied_at) values (?, ?)').run(index + 1, moment);
  }
  const later = now + 60_000;
  old.exec(`
    insert into idempotency (key, fingerprint, state, lease, until_ms, result) values
      ('held', 'f', 'running', 'l1', ${later}, null), ('lapsed', 'f', 'running', 'l2', ${now - 1}, null),
      ('doubted', 'f', 'doubted', 'l3', ${now}, null), ('free', 'f', 'free', 'l4', ${now}, null),
      ('done', 'f', 'done', 'l5', ${now}, '{"id":"S1"}');
    insert into links (system, kind, id, to_system, to_kind, to_id, attached) values
      ('shop', 'order', '1', 'erp', 'order', 'S1', 0), ('erp', 'order', 'S1', 'shop', 'order', '1', 0),
      ('warehouse', 'fulfillment', 'p', 'shop', 'order', '1', 1);
    insert into cursors (name, cursor) values ('shop/orders.pull', 'page 7');
    insert into inbox (system, delivery_id, topic, body, received_at) values
      ('shop', 'd1', 'orders/create', '{"id":1}', '2026-11-01T00:00:00.000Z'),
      ('shop', 'd2', 'orders/create', '{"id":2}', '2026-11-02T00:00:00.000Z');
    insert into jobs (id, queue, key, lane, due_at, due_ms, payload, state, attempt, lease, head) values
      ('due', 'q', 'a', 1, '${moment}', ${now}, '{"run":"r"}', 'queued', 0, null, 1),
      ('behind', 'q', 'a', 0, '${moment}', ${now}, null, 'queued', 0, null, 0),
      ('held', 'q', 'b', 1, '${moment}', ${later}, null, 'running', 2, 'lease', 1),
      ('parked', 'q', 'c', 1, '${moment}', ${now}, null, 'parked', 3, null, 1);
    insert into ended_jobs (id) values ('over');
    insert into runs (id, flow, version, key, event, state, started_at) values
      ('r', 'place-order', 2, '1', '{"id":"e"}', 'open', '${moment}'),
      ('r0', 'place-order', 1, '0', null, 'done', '${moment}');
    insert into steps (run, step, result) values ('r', 'create', '{"id":"S1"}'), ('r', 'tell', null);
    insert into exceptions
      (id, run, flow, job, step, code, kind, category, message, refs, details, state, opened_at, changed_at, occurrences, assignee, note)
      values ('e1', 'r', 'place-order', 'parked', 'create', 'sku.unknown', 'business', 'sku', 'Not created.', '${refs}',
        '{"sku":"A"}', 'open', '${moment}', '${moment}', 2, 'Ann', 'looks wrong');
    insert into audit (seq, at, actor, action, refs, details) values
      (7, '${moment}', 'place-order', 'run.parked', '${refs}', '{"run":"r"}');
    insert into audit_refs (system, kind, id, seq) values ('shop', 'order', '1', 7), ('erp', 'order', 'S1', 7);
  `);
  old.close();
}

describe('a file of the third schema', () => {
  it('keeps what is known of writes, and believes no platform to remember a key in doubt', async () => {
    const { idempotency } = stores;
    const since = '1970-01-01T00:00:00.000Z';
    expect(await idempotency.peek('held')).toEqual({ state: 'running', until: new Date(now + 60_000).toISOString() });
    expect(await idempotency.peek('lapsed')).toEqual({ state: 'uncertain', since, ageMs: now });
    expect(await idempotency.peek('doubted')).toEqual({ state: 'uncertain', since, ageMs: now });
    expect(await idempotency.peek('free')).toEqual({ state: 'free' });
    expect(await idempotency.begin('done', 'f', 1000)).toEqual({ state: 'done', result: { id: 'S1' } });
    expect(await idempotency.begin('doubted', 'f', 1000)).toMatchObject({ state: 'uncertain', since });
    expect(await idempotency.begin('held', 'other', 1000)).toEqual({ state: 'conflict' });
    expect(await idempotency.finish('held', 'l1', 1)).toBe('finished');
    const begun = await idempotency.begin('free', 'other', 1000);
    await idempotency.doubt('free', 'lease' in begun ? begun.lease : '');
    expect(await idempotency.peek('free')).toEqual({
      state: 'uncertain',
      since: moment,
      ageMs: now - Date.parse(moment),
    });
  });

  it('keeps links, cursors and deliveries', async () => {
    expect(await stores.links.find(order, 'erp', 'order')).toEqual(sale);
    expect(await stores.links.find(sale, 'shop', 'order')).toEqual(order);
    expect(await stores.links.children(order, 'warehouse', 'fulfillment')).toEqual([
      { system: 'warehouse', kind: 'fulfillment', id: 'p' },
    ]);
    expect(await stores.links.link(order, { ...sale, id: 'S2' })).toBe('conflict');
    expect(await stores.cursors.advance('shop/orders.pull', 'page 7', 'page 8')).toBe(true);
    expect(await stores.inbox.get('shop', 'd1')).toMatchObject({ topic: 'orders/create', body: '{"id":1}' });
    expect(await stores.inbox.latest('shop')).toBe('2026-11-02T00:00:00.000Z');
    const again = { system: 'shop', deliveryId: 'd1', topic: 't', body: '', receivedAt: moment };
    expect(await stores.inbox.put(again)).toBe('already');
  });

  it('keeps the work: what is due, what is behind it, what runs, what is parked and what is over', async () => {
    const { jobs } = stores;
    expect(await jobs.counts('q')).toEqual({ ready: 1, waiting: 1, running: 1, parked: 1 });
    const claim = () => jobs.claim('q', { leaseMs: 1000, limit: 10 });
    const [due, ...others] = await claim();
    expect(due).toMatchObject({ id: 'due', lane: 'normal', payload: { run: 'r' }, attempt: 1 });
    expect(others).toEqual([]);
    expect(await jobs.finish('due', leaseOf(due))).toBe('finished');
    expect((await claim()).map(({ id, lane }) => ({ id, lane }))).toEqual([{ id: 'behind', lane: 'urgent' }]);
    expect(await jobs.renew('held', 'lease', 1000)).toBe('renewed');
    const job = { id: 'over', queue: 'q', key: 'z', lane: 'normal', dueAt: moment, payload: null } as const;
    expect(await jobs.add(job)).toBe('already');
    expect((await jobs.parked('q', { limit: 10 })).map(({ id }) => id)).toEqual(['parked']);
    expect(await jobs.release('parked')).toBe(true);
    expect((await claim()).map(({ id, attempt }) => ({ id, attempt }))).toEqual([{ id: 'parked', attempt: 1 }]);
  });

  it('keeps runs and their steps, and writes the next under the lease of before', async () => {
    const { runs } = stores;
    expect(await runs.get('r')).toMatchObject({ flow: 'place-order', version: 2, event: { id: 'e' }, state: 'open' });
    expect((await runs.unfinished('place-order', { limit: 10 })).map(({ id }) => id)).toEqual(['r']);
    expect([...(await runs.steps('r'))]).toEqual([
      ['create', { id: 'S1' }],
      ['tell', undefined],
    ]);
    expect(await runs.writeStep('r', 'create', 'another')).toBe('already');
    const held = { job: 'held', lease: 'lease', leaseMs: 1000 };
    expect(await runs.writeStep('r', 'link', 1, held)).toBe('written');
    expect(await runs.writeStep('r', 'more', 1, { ...held, lease: 'another' })).toBe('lost');
  });

  it('keeps exceptions, and finds them by records that were never looked for before', async () => {
    const { exceptions } = stores;
    const record = await exceptions.get('e1');
    expect(record).toMatchObject({ occurrences: 2, assignee: 'Ann', note: 'looks wrong', refs: [order, sale] });
    for (const ref of [order, sale]) {
      expect(await exceptions.list({ ref, flow: 'place-order', code: 'sku.unknown', limit: 10 })).toEqual([record]);
    }
    expect(await exceptions.list({ ref: { ...order, id: '2' }, limit: 10 })).toEqual([]);
    expect(await exceptions.counts()).toEqual({ sku: 1 });
    expect(await exceptions.move('e1', 'open', 'replaying')).toBe(true);
  });

  it('keeps what was done, and puts what is done next behind it', async () => {
    const entry = { at: moment, actor: 'Ann', action: 'exception.replayed', refs: [order], details: null };
    await stores.audit.append(entry);
    expect((await stores.audit.list(order, 10)).map(({ action }) => action)).toEqual([
      'exception.replayed',
      'run.parked',
    ]);
    expect((await stores.audit.list(sale, 10)).map(({ details }) => details)).toEqual([{ run: 'r' }]);
  });

  it('has the stores that are new', async () => {
    expect(await stores.sequences.advance('order/1', { at: moment, mark: 'a' })).toBe('newer');
    expect(await stores.shared.update('n', (state) => ({ next: 1, result: state }))).toBeUndefined();
    expect(await stores.belongTo('hub')).toBe('hub');
  });

  it('is brought up to date once', async () => {
    await stores.close();
    stores = sqliteStores({ file: join(directory, 'hub.db'), clock: { now: () => now } });
    const direct = new DatabaseSync(join(directory, 'hub.db'), { readOnly: true });
    const versions = direct.prepare('select version from schema_version order by version').all();
    direct.close();
    expect(versions.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
    expect(await stores.cursors.read('shop/orders.pull')).toBe('page 7');
  });
});

it('brings a file up to date once when three processes open it at the same moment', async () => {
  const file = join(directory, 'shared.db');
  writtenByVersion3(file);
  const said = await Promise.all(['x', 'y', 'z'].map((name) => openedBy(file, name)));
  expect(said).toEqual([{ wrote: true }, { wrote: true }, { wrote: true }]);
  const direct = new DatabaseSync(file, { readOnly: true });
  expect(direct.prepare('select count(*) as count from schema_version').get()).toEqual({ count: migrations.length });
  expect(direct.prepare('select count(*) as count from exception_refs').get()).toEqual({ count: 2 });
  direct.close();
}, 30_000);

/** What a process of its own says that opens the file and writes to it. */
function openedBy(file: string, name: string): Promise<unknown> {
  const script = new URL('opening-process.ts', import.meta.url).pathname;
  const node = ['--conditions=@crossdock/source', '--no-warnings', script, file, name, '20000'];
  const child = spawn(process.execPath, node, { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  return new Promise((resolve) => child.on('close', () => resolve(JSON.parse(out))));
}

function leaseOf(job: ClaimedJob | undefined): string {
  if (job === undefined) throw new Error('A due job was expected, and none was handed out.');
  return job.lease;
}
