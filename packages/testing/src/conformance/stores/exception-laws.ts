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
    answers('Two moves at once', await Promise.all(moves), [true, false]);
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
