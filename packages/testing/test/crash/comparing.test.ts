import { CommerceError } from '@crossdock/core';
import type { TestClock } from '@crossdock/testing';
import { crashEverywhere, type WorldState } from '@crossdock/testing/crash';
import { describe, expect, it } from 'vitest';
import { withoutIds } from '../../src/crash/own-ids.ts';
import { book, ledger } from './ledger.ts';
import { orderBook, soundly, type Change, type Work } from './order-book.ts';
import { pointOf } from './point-of.ts';

const once = (change: Change) =>
  crashEverywhere(orderBook(change), { kinds: ['kill'], point: pointOf('before send: POST ledger /entries') });

/** A ledger whose entries have what differs in every run: a drawn id and a time. */
function drawing(clock: TestClock) {
  const real = ledger();
  return {
    ...real,
    state: {
      get entries() {
        const at = new Date(clock.now()).toISOString();
        return real.state.entries.map((entry) => ({ ...entry, entryId: crypto.randomUUID(), at }));
      },
    },
  };
}

/** Knows whether the program was started again after a crash. */
function starting() {
  let starts = 0;
  let isAfterCrash = false;
  return {
    platform: (clock: TestClock) => {
      starts = 0;
      return drawing(clock);
    },
    onStart: () => {
      isAfterCrash = starts++ > 0;
    },
    get isAfterCrash() {
      return isAfterCrash;
    },
  };
}

const asDefect: Work = async () => {
  throw new TypeError('A line is missing.');
};
const asUnwired: Work = async () => {
  throw new CommerceError({ code: 'wiring.invalid', message: 'There is no warehouse.' });
};

const mapped: Change['state'] = ({
  ledger: {
    state: { entries },
  },
}) =>
  // What somebody gives whom no compiler helps.
  new Map([['entries', new Map(entries.map(({ number, key }) => [key, { number }]))]]) as unknown as WorldState;
const counted: Change['state'] = () => ({ entries: 2 }) as unknown as WorldState;

const bought = (shift: number, buyer: number) => ({
  orders: [{ id: 7_000_000 + shift, buyer: `gid/buyer/${buyer + shift}`, amount: 2 }],
  buyers: [{ id: `gid/buyer/${1 + shift}` }, { id: `gid/buyer/${2 + shift}` }],
});

describe('what stands in the platforms, where a world does not say what to compare', () => {
  it('is not other because of an id that is drawn or a moment', async () => {
    const report = await once({ state: 'of the platforms', platform: drawing });
    expect(report).toMatchObject({ runs: 1, failures: [] });
  });

  it('is other with the code of another article, however long it is', async () => {
    const run = starting();
    const report = await once({
      state: 'of the platforms',
      platform: run.platform,
      onStart: run.onStart,
      booking: (fetch, _number, key) => book(fetch, run.isAfterCrash ? '4006381333931' : '4012345678901', key),
    });
    expect(report.losses).toBe(2);
    expect(report.failures[0]?.verdict.losses[0]).toContain('should be "4012345678901" and is "4006381333931"');
  });
});

it('is called by its place and not by its id, and so where another means it', () => {
  expect(withoutIds(bought(0, 1))).toEqual(withoutIds(bought(40, 1)));
  expect(withoutIds(bought(0, 1))).not.toEqual(withoutIds(bought(0, 2)));
});

describe('what a world gives as its state', () => {
  it('may be a map of maps', async () => {
    const run = starting();
    const booking: Change['booking'] = (fetch, number, key) =>
      book(fetch, run.isAfterCrash ? `${number}0` : number, key);
    const report = await once({ state: mapped, booking, platform: run.platform, onStart: run.onStart });
    expect(report.losses).toBe(2);
  });

  it('is refused where it is nothing that could be compared record by record', async () => {
    await expect(once({ state: counted })).rejects.toThrow('"entries", which is no list of records');
  });
});

describe('a world with which nothing could be proved is refused', () => {
  it.each<[string, Change, string]>([
    ['no record stands in the end', { state: () => ({ entries: [] }) }, 'Nothing can be compared on "memory"'],
    ['the story changes nothing', { state: () => ({ shops: ['acme'] }) }, 'changes nothing of what is compared'],
    ['nothing happens', { story: [{ what: 'nothing' }] }, 'Nothing can be compared on "memory"'],
    ['the program is wrong', { work: failing(asDefect) }, 'waits as flow.defect'],
    ['the program is not wired', { work: failing(asUnwired) }, 'waits as wiring.invalid'],
  ])('%s', async (_why, change, words) => {
    await expect(once(change)).rejects.toThrow(words);
  });
});

/** Fails with the second order. */
function failing(work: Work): Work {
  return (context, runtime) => (context.event.data.number === '2' ? work : soundly)(context, runtime);
}
