import { CommerceError, type Ref, type Stores } from '@crossdock/core';
import { exceptionDesk } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { beforeEach, expect, it } from 'vitest';
import { testClock } from '../../../testing/src/index.ts';
import { openException, settleException } from '../../src/exceptions/open-exception.ts';
import { redaction } from '../../src/exceptions/redaction.ts';

const clock = testClock({ auto: false });
const order: Ref = { system: 'shop', kind: 'order', id: '1042' };
let stores: Stores;
let desk: ReturnType<typeof exceptionDesk>;

/** A run whose job is parked, with the next of its key behind it. */
beforeEach(async () => {
  stores = memoryStores({ clock });
  desk = exceptionDesk({ stores, clock });
  const at = new Date(clock.now()).toISOString();
  const job = { queue: 'q', key: 'k', lane: 'normal', dueAt: at, payload: null } as const;
  await stores.runs.start({ id: 'run', flow: 'f', version: 1, key: 'k', event: null, state: 'open', startedAt: at });
  await stores.jobs.add({ ...job, id: 'run' });
  await stores.jobs.add({ ...job, id: 'next' });
  const [claimed] = await claim();
  await stores.jobs.park('run', claimed?.lease ?? '');
  const error = new CommerceError({ code: 'sku.unknown', message: 'Order "1042" was not created.', refs: [order] });
  await stores.atomically((inside) =>
    openException(inside, { flow: 'f', run: 'run', job: 'run', step: 's', refs: [order], error, at }, redaction()),
  );
});
const claim = () => stores.jobs.claim('q', { leaseMs: 60_000, limit: 10 });
const audit = async () => (await stores.audit.list(order, 10)).map(({ actor, action }) => `${action} by ${actor}`);

it('replays by making the job due again', async () => {
  await desk.replay('run', { by: 'Ann' });
  expect((await claim()).map(({ id, attempt }) => [id, attempt])).toEqual([['run', 1]]);
  expect(await desk.get('run')).toMatchObject({ state: 'replaying' });
  expect(await audit()).toEqual(['exception.replayed by Ann', 'exception.opened by f']);
});

it('is resolved by itself when the replay comes to its end', async () => {
  await desk.replay('run', { by: 'Ann' });
  await stores.atomically((inside) => settleException(inside, 'run'));
  expect(await desk.get('run')).toMatchObject({ state: 'resolved' });
});

it.each(['resolve', 'dismiss'] as const)('lets the key go on when somebody decides to %s', async (decision) => {
  await desk[decision]('run', { by: 'Ann', note: 'Done by hand for jane@example.com.' });
  expect((await claim()).map(({ id }) => id)).toEqual(['next']);
  expect(await stores.runs.get('run')).toMatchObject({ state: 'dropped' });
  const record = await desk.get('run');
  expect(record?.state).toBe(`${decision}${decision === 'resolve' ? 'd' : 'ed'}`);
  expect(record?.note).toContain('Done by hand');
  expect(record?.note).not.toContain('jane');
});

it('lets one of two people win, and tells the other who was faster', async () => {
  const decisions = await Promise.allSettled([
    desk.replay('run', { by: 'Ann' }),
    desk.dismiss('run', { by: 'Bob', note: 'No.' }),
  ]);
  expect(decisions.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(decisions[1]).toMatchObject({ reason: { code: 'record.rejected' } });
  expect(String((decisions[1] as PromiseRejectedResult).reason)).toContain('it is "replaying"');
  expect(String((decisions[1] as PromiseRejectedResult).reason)).toContain('by "Ann"');
  expect(await audit()).toEqual(['exception.replayed by Ann', 'exception.opened by f']);
});

it('can be assigned and given back, while it is not closed', async () => {
  await desk.assign('run', 'Bob', { by: 'Ann' });
  expect(await desk.list({ assignee: 'Bob', limit: 10 })).toHaveLength(1);
  await desk.assign('run', undefined, { by: 'Bob' });
  expect(await desk.get('run')).toMatchObject({ assignee: undefined });
  await desk.dismiss('run', { by: 'Ann', note: 'No.' });
  await expect(desk.assign('run', 'Bob', { by: 'Ann' })).rejects.toMatchObject({ code: 'record.rejected' });
});

it('leaves everything as it was when the job is not parked', async () => {
  await stores.jobs.drop('run');
  await expect(desk.replay('run', { by: 'Ann' })).rejects.toMatchObject({ code: 'record.rejected' });
  expect(await desk.get('run')).toMatchObject({ state: 'open' });
  expect(await audit()).toEqual(['exception.opened by f']);
});

it('says that there is no such exception', async () => {
  await expect(desk.replay('other', { by: 'Ann' })).rejects.toMatchObject({ code: 'record.missing' });
});

it('counts what is open', async () => {
  expect(await desk.counts()).toEqual({ sku: 1 });
});

it.each([
  ['nobody', undefined],
  ['null', null],
  ['no name', {}],
  ['a blank name', { by: ' ' }],
  ['a name that is no text', { by: 5 }],
])('takes no decision of %s', async (_what, actor) => {
  // On purpose not what the compiler would let through.
  const somebody = actor as { readonly by: string; readonly note: string };
  const refused = { code: 'options.invalid', message: expect.stringMatching(/^Exception "run" was not .*\. Pass /) };

  await expect(desk.replay('run', somebody)).rejects.toMatchObject(refused);
  await expect(desk.assign('run', 'Bob', somebody)).rejects.toMatchObject(refused);
  await expect(desk.resolve('run', somebody)).rejects.toMatchObject(refused);
  await expect(desk.dismiss('run', somebody)).rejects.toMatchObject(refused);
  expect(await desk.get('run')).toMatchObject({ state: 'open', assignee: undefined });
  expect(await audit()).toEqual(['exception.opened by f']);
});

it('closes nothing without a note, and assigns to nobody without a name', async () => {
  const note = undefined as unknown as string;
  const refused = { code: 'options.invalid' };
  await expect(desk.resolve('run', { by: 'Ann', note })).rejects.toMatchObject(refused);
  await expect(desk.dismiss('run', { by: 'Ann', note: ' ' })).rejects.toMatchObject(refused);
  await expect(desk.assign('run', '', { by: 'Ann' })).rejects.toMatchObject(refused);
  expect(await desk.get('run')).toMatchObject({ state: 'open', assignee: undefined });
});

it.each([[-1], [0], [1.5], ['5'], [Number.NaN], [undefined]])('lists nothing with %j as its limit', async (limit) => {
  await expect(desk.list({ limit: limit as number })).rejects.toMatchObject({
    code: 'options.invalid',
    message: expect.stringContaining('exceptions.list({ limit }) wants a whole number from 1'),
  });
});

it('lists nothing without a filter', async () => {
  await expect((desk.list as () => Promise<unknown>)()).rejects.toMatchObject({ code: 'options.invalid' });
});
