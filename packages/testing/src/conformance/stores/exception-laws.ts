import type { ExceptionRecord, ExceptionStore } from '@crossdock/core';
import type { TestClock } from '../../fake/clock.ts';
import { answers, lawsOf, momentIn } from './store-law.ts';

type Opening = Parameters<ExceptionStore['open']>[0];

const opening = (clock: TestClock, id: string, change: Partial<Opening> = {}): Opening => ({
  id,
  flow: 'place-order',
  run: `run/${id}`,
  job: `job/${id}`,
  step: 'create',
  code: 'sku.unknown',
  kind: 'business',
  category: 'sku',
  message: 'Order "1" was not created.',
  refs: [{ system: 'shop', kind: 'order', id: '1' }],
  details: { sku: 'A', list: [null] },
  openedAt: momentIn(clock, 0),
  ...change,
});
const order = (id: string) => ({ system: 'shop', kind: 'order', id }) as const;
const ids = (records: readonly ExceptionRecord[]) => records.map(({ id }) => id);

/** What the store of what waits for a person promises. */
export const exceptionLaws = lawsOf('exceptions', {
  'comes-back-as-it-was-opened': async ({ stores: { exceptions }, clock }) => {
    const record = opening(clock, 'e1');
    answers('Opening', await exceptions.open(record), 'opened');
    const now = momentIn(clock, 0);
    const expected = { ...record, state: 'open', changedAt: now, occurrences: 1, assignee: undefined, note: undefined };
    answers('The record', await exceptions.get('e1'), expected);
    answers('A record that was never opened', await exceptions.get('e2'), undefined);
  },
  'found-by-its-run': async ({ stores: { exceptions }, clock }) => {
    await exceptions.open(opening(clock, 'e1'));
    answers('The exception of the run', (await exceptions.ofRun('run/e1'))?.id, 'e1');
    answers('The exception of another run', await exceptions.ofRun('run/e2'), undefined);
  },
  'one-record-a-run': async ({ stores: { exceptions }, clock }) => {
    await exceptions.open(opening(clock, 'e1'));
    const again = opening(clock, 'e2', { run: 'run/e1', step: 'link', code: 'link.conflict', category: 'mapping' });
    answers('Opening for the same run', await exceptions.open(again), 'reopened');
    const record = await exceptions.ofRun('run/e1');
    const { id, step, category, occurrences } = record ?? {};
    answers(
      'The record',
      { id, step, category, occurrences },
      { id: 'e1', step: 'link', category: 'mapping', occurrences: 2 },
    );
    answers('How many there are', (await exceptions.list({ limit: 10 })).length, 1);
  },
  'keeps-when-it-first-opened': async ({ stores: { exceptions }, clock }) => {
    const first = momentIn(clock, 0);
    await exceptions.open(opening(clock, 'e1'));
    await clock.advance(1000);
    await exceptions.open(opening(clock, 'e1'));
    answers('When it was opened', (await exceptions.get('e1'))?.openedAt, first);
  },
  'closed-opens-again': async ({ stores: { exceptions }, clock }) => {
    await exceptions.open(opening(clock, 'e1'));
    await exceptions.move('e1', 'open', 'replaying');
    await exceptions.open(opening(clock, 'e1'));
    answers('The state after a replay that failed', (await exceptions.get('e1'))?.state, 'open');
  },
  'moves-from-its-state': async ({ stores: { exceptions }, clock }) => {
    await exceptions.open(opening(clock, 'e1'));
    await clock.advance(1000);
    answers('Moving an open record', await exceptions.move('e1', 'open', 'resolved', 'by hand'), true);
    const { state, note, changedAt } = (await exceptions.get('e1')) ?? {};
    answers(
      'The record',
      { state, note, changedAt },
      { state: 'resolved', note: 'by hand', changedAt: momentIn(clock, 0) },
    );
  },
  'one-of-two-moves-wins': async ({ stores: { exceptions }, clock }) => {
    await exceptions.open(opening(clock, 'e1'));
    const moves = [exceptions.move('e1', 'open', 'replaying'), exceptions.move('e1', 'open', 'dismissed')];
    const won = (await Promise.all(moves)).filter((moved) => moved);
    answers('How many of two moves at once succeed', won.length, 1);
    answers('Moving what is not there', await exceptions.move('e2', 'open', 'resolved'), false);
  },
  'can-be-assigned': async ({ stores: { exceptions }, clock }) => {
    await exceptions.open(opening(clock, 'e1'));
    answers('Assigning', await exceptions.assign('e1', 'Ann'), true);
    answers('The assignee', (await exceptions.get('e1'))?.assignee, 'Ann');
    await exceptions.assign('e1', undefined);
    answers('The assignee after giving it back', (await exceptions.get('e1'))?.assignee, undefined);
    answers('Assigning what is not there', await exceptions.assign('e2', 'Ann'), false);
  },
  'lists-by-what-is-asked': async ({ stores: { exceptions }, clock }) => {
    await exceptions.open(opening(clock, 'e1'));
    await exceptions.open(opening(clock, 'e2', { category: 'stock' }));
    await exceptions.open(opening(clock, 'e3', { kind: 'technical' }));
    await exceptions.open(opening(clock, 'e4'));
    await exceptions.move('e4', 'open', 'dismissed');
    const of = async (filter: object) => ids(await exceptions.list({ ...filter, limit: 10 }));
    answers('Of one category', await of({ category: 'stock' }), ['e2']);
    answers('Of one kind', await of({ kind: 'technical' }), ['e3']);
    answers('In one state', await of({ state: 'dismissed' }), ['e4']);
    answers('Of several', await of({ state: 'open', category: 'sku', kind: 'business' }), ['e1']);
  },
  'lists-by-assignee': async ({ stores: { exceptions }, clock }) => {
    await exceptions.open(opening(clock, 'e1'));
    await exceptions.open(opening(clock, 'e2'));
    await exceptions.assign('e2', 'Ann');
    answers('Of one person', ids(await exceptions.list({ assignee: 'Ann', limit: 10 })), ['e2']);
  },
  'lists-by-code': async ({ stores: { exceptions }, clock }) => {
    await exceptions.open(opening(clock, 'e1'));
    await exceptions.open(opening(clock, 'e2', { code: 'link.conflict' }));
    answers('Of one code', ids(await exceptions.list({ code: 'link.conflict', limit: 10 })), ['e2']);
  },
  'lists-by-flow': async ({ stores: { exceptions }, clock }) => {
    await exceptions.open(opening(clock, 'e1'));
    await exceptions.open(opening(clock, 'e2', { flow: 'confirm-shipment' }));
    answers('Of one flow', ids(await exceptions.list({ flow: 'confirm-shipment', limit: 10 })), ['e2']);
  },
  'lists-by-record': async ({ stores: { exceptions }, clock }) => {
    await exceptions.open(opening(clock, 'e1', { refs: [order('1'), order('2')] }));
    await exceptions.open(opening(clock, 'e2', { refs: [order('2'), order('2')] }));
    await exceptions.open(opening(clock, 'e3', { refs: [{ ...order('2'), system: 'b2b' }] }));
    await exceptions.open(opening(clock, 'e4', { refs: [{ ...order('2'), kind: 'customer' }] }));
    await exceptions.open(opening(clock, 'e5', { refs: [] }));
    answers('About the first of two', ids(await exceptions.list({ ref: order('1'), limit: 10 })), ['e1']);
    answers('About one of several', ids(await exceptions.list({ ref: order('2'), limit: 10 })), ['e1', 'e2']);
    answers('About a record that has none', ids(await exceptions.list({ ref: order('3'), limit: 10 })), []);
  },
  'reopened-is-about-its-new-records': async ({ stores: { exceptions }, clock }) => {
    await exceptions.open(opening(clock, 'e1', { refs: [order('1'), order('2')] }));
    await exceptions.open(opening(clock, 'e1', { refs: [order('2'), order('3')] }));
    const of = async (id: string) => ids(await exceptions.list({ ref: order(id), limit: 10 }));
    answers('About a record of before', await of('1'), []);
    answers('About a record of both', await of('2'), ['e1']);
    answers('About a record of now', await of('3'), ['e1']);
  },
  'lists-what-opened-before': async ({ stores: { exceptions }, clock }) => {
    await exceptions.open(opening(clock, 'e1'));
    await clock.advance(1000);
    await exceptions.open(opening(clock, 'e2'));
    const openedBefore = momentIn(clock, 0);
    answers('Before the second', ids(await exceptions.list({ openedBefore, limit: 10 })), ['e1']);
    await clock.advance(1000);
    await exceptions.open(opening(clock, 'e1'));
    answers('When it opened again', ids(await exceptions.list({ openedBefore, limit: 10 })), ['e1']);
  },
  'pages-what-is-asked': async ({ stores: { exceptions }, clock }) => {
    for (const [index, id] of ['f', 'e', 'd', 'c', 'b', 'a'].entries()) {
      const flow = index === 1 ? 'confirm-shipment' : 'place-order';
      await exceptions.open(opening(clock, id, { flow, refs: [order(index === 2 ? '2' : '1')] }));
      await clock.advance(1000);
    }
    const filter = { flow: 'place-order', ref: order('1'), openedBefore: momentIn(clock, -1500), limit: 2 };
    const first = await exceptions.list(filter);
    answers('The first page', ids(first), ['f', 'c']);
    const second = await exceptions.list({ ...filter, after: first.at(-1)?.id });
    answers('The second page', ids(second), ['b']);
    const other = await exceptions.list({ ...filter, after: 'e' });
    answers('A page after a record of another flow', ids(other), ['c', 'b']);
  },
  'pages-oldest-first': async ({ stores: { exceptions }, clock }) => {
    for (const id of ['c', 'a', 'b']) {
      await exceptions.open(opening(clock, id));
      await clock.advance(1000);
    }
    const first = await exceptions.list({ limit: 2 });
    answers('The first page', ids(first), ['c', 'a']);
    answers('The second page', ids(await exceptions.list({ limit: 2, after: first.at(-1)?.id })), ['b']);
  },
  'page-after-nobody-is-empty': async ({ stores: { exceptions }, clock }) => {
    await exceptions.open(opening(clock, 'e1'));
    answers('After a record that is not there', ids(await exceptions.list({ limit: 10, after: 'e0' })), []);
  },
  'lists-without-a-limit': async ({ stores: { exceptions }, clock }) => {
    for (const id of ['e1', 'e2']) await exceptions.open(opening(clock, id));
    const all = await exceptions.list({ limit: Number.POSITIVE_INFINITY });
    answers('Without a limit', ids(all), ['e1', 'e2']);
    answers('With a limit below zero', ids(await exceptions.list({ limit: -1 })), []);
  },
  'opens-with-words-that-are-no-text': async ({ stores: { exceptions }, clock }) => {
    answers('Opening', await exceptions.open(opening(clock, 'e1', { message: 'half \u{d800}' })), 'opened');
    answers('The message', (await exceptions.get('e1'))?.message, 'half \u{fffd}');
  },
  'counts-open-by-category': async ({ stores: { exceptions }, clock }) => {
    await exceptions.open(opening(clock, 'e1'));
    await exceptions.open(opening(clock, 'e2'));
    await exceptions.open(opening(clock, 'e3', { category: 'stock' }));
    await exceptions.open(opening(clock, 'e4', { category: 'tax' }));
    await exceptions.move('e4', 'open', 'resolved');
    answers('Open exceptions', await exceptions.counts(), { sku: 2, stock: 1 });
  },
});
