import type { SharedStore } from '@crossdock/core';
import { outcomeOf } from '../holds.ts';
import { answers, lawsOf } from './store-law.ts';

/** What the store of small states that processes share promises. */
export const sharedLaws = lawsOf('shared', {
  'finds-what-was-left': async ({ stores: { shared } }) => {
    const state = { tokens: 2.5, queue: ['a', null, 'ß'], open: false };
    answers(
      'The first',
      await shared.update('shop/throttle', (found) => ({ next: state, result: found === undefined })),
      true,
    );
    answers('The next', await shared.update('shop/throttle', (found) => ({ next: null, result: found })), state);
    answers(
      'After nothing was left on purpose',
      await shared.update('shop/throttle', (found) => ({ result: found })),
      null,
    );
  },
  'names-are-apart': async ({ stores: { shared } }) => {
    await shared.update('shop/throttle', () => ({ next: 1, result: undefined }));
    const found = await shared.update('erp/throttle', (state) => ({ next: 2, result: state }));
    answers('Another name', found, undefined);
    answers('The first name', await shared.update('shop/throttle', (state) => ({ result: state })), 1);
  },
  'gives-the-result': async ({ stores: { shared } }) => {
    answers('The result', await shared.update('n', () => ({ next: 1, result: 'mine' })), 'mine');
  },
  'stays-without-next': async ({ stores: { shared } }) => {
    await shared.update('n', () => ({ next: 1, result: undefined }));
    await shared.update('n', () => ({ result: undefined }));
    await shared.update('n', () => ({ next: undefined, result: undefined }));
    answers('The state', await shared.update('n', (state) => ({ result: state })), 1);
  },
  'throwing-leaves-it': async ({ stores: { shared } }) => {
    await shared.update('n', () => ({ next: 1, result: undefined }));
    const failure = new Error('The change stopped.');
    const ended = await outcomeOf(() =>
      shared.update('n', () => {
        throw failure;
      }),
    );
    answers('Whether the caller gets what the change threw', !ended.ok && ended.error === failure, true);
    answers('The state', await shared.update('n', (state) => ({ result: state })), 1);
  },
  'crowd-counts-exactly': async ({ stores: { shared } }) => {
    const count = () =>
      shared.update('n', (state) => {
        const next = (typeof state === 'number' ? state : 0) + 1;
        return { next, result: next };
      });
    const results = await Promise.all(Array.from({ length: 50 }, count));
    answers('How far fifty have counted', await shared.update('n', (state) => ({ result: state })), 50);
    answers('How many different numbers they got', new Set(results).size, 50);
  },
  'gives-its-moment': async ({ stores: { shared }, clock }) => {
    answers('The moment of the first change', await momentOf(shared), clock.now());
  },
  'moment-moves-with-its-clock': async ({ stores: { shared }, clock }) => {
    const first = await changedAt(shared);
    await clock.advance(90_000);
    answers('Milliseconds later', (await changedAt(shared)) - first, 90_000);
    clock.setBack(60_000);
    answers('Milliseconds later, after the clock was set back by a minute', (await changedAt(shared)) - first, 30_000);
  },
  'moment-is-the-same-for-all': async ({ stores: { shared } }) => {
    const crowd = Array.from({ length: 20 }, (_, place) => (place % 2 === 0 ? changedAt(shared) : momentOf(shared)));
    answers('How many moments a crowd gets at one moment', new Set(await Promise.all(crowd)).size, 1);
  },
});

/** The moment that a look gets, which leaves everything as it is. */
function momentOf(shared: SharedStore): Promise<number> {
  return shared.update('n', (_, now) => ({ result: now }));
}

/** The moment that a change gets. */
function changedAt(shared: SharedStore): Promise<number> {
  return shared.update('n', (state, now) => ({ next: (typeof state === 'number' ? state : 0) + 1, result: now }));
}
