import { isCommerceError, type NewJob } from '@crossdock/core';
import type { TestClock } from '../../fake/clock.ts';
import { outcomeOf } from '../holds.ts';
import { answers, lawsOf, momentIn } from './store-law.ts';

const minuteMs = 60_000;
const leaseMs = 2 * minuteMs;
const due = (clock: TestClock, id: string, inMs = 0): NewJob => ({
  id,
  queue: 'q',
  key: id,
  lane: 'normal',
  dueAt: momentIn(clock, inMs),
  payload: null,
});

/** What stores promise when the clock is set back under them. */
export const clockLaws = lawsOf('clock', {
  'far-behind-hands-out-nothing': async ({ stores: { jobs }, clock }) => {
    await jobs.add(due(clock, 'a'));
    await clock.advance(60 * minuteMs);
    const claim = () => jobs.claim('q', { leaseMs, limit: 1 });
    const [first] = await claim();
    await jobs.finish('a', first?.lease ?? '');
    clock.setBack(7 * minuteMs);
    await jobs.add(due(clock, 'b'));
    const ended = await outcomeOf(claim);
    const code = !ended.ok && isCommerceError(ended.error) ? ended.error.code : 'not refused';
    answers('Claiming seven minutes behind', code, 'store.unavailable');
    await clock.advance(5 * minuteMs);
    const [second] = await claim();
    answers('What is handed out two minutes behind', second?.id, 'b');
    answers('How often it was handed out', second?.attempt, 1);
  },
  'small-step-back-harms-no-job': async ({ stores: { jobs }, clock }) => {
    const claim = () => jobs.claim('q', { leaseMs, limit: 1 });
    await jobs.add(due(clock, 'a'));
    await jobs.add(due(clock, 'b', 1));
    const [held] = await claim();
    clock.setBack(minuteMs);
    answers('What is handed out while the other holds its lease', (await claim()).length, 0);
    await jobs.add(due(clock, 'c'));
    answers('A job that is due by the new time', (await claim())[0]?.id, 'c');
    await jobs.add(due(clock, 'd', 2000));
    await clock.advance(1999);
    answers('What is handed out before it is due', (await claim()).length, 0);
    await clock.advance(1);
    answers('A job that is due now', (await claim())[0]?.id, 'd');
    await clock.advance(minuteMs);
    answers('A job of before the step, when its time has come', (await claim())[0]?.id, 'b');
    answers('Finishing', await jobs.finish('a', held?.lease ?? ''), 'finished');
  },
  'small-step-back-harms-no-key': async ({ stores: { idempotency }, clock }) => {
    const begun = await idempotency.begin('key', 'request', leaseMs);
    clock.setBack(minuteMs);
    answers('The held key', (await idempotency.begin('key', 'request', leaseMs)).state, 'running');
    const lease = 'lease' in begun ? begun.lease : '';
    answers('Renewing', await idempotency.renew('key', lease, leaseMs), 'renewed');
    answers('Finishing', await idempotency.finish('key', lease, 7), 'finished');
    answers('The key', await idempotency.begin('key', 'request', leaseMs), { state: 'done', result: 7 });
  },
});
