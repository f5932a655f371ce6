import { CommerceError } from '@crossdock/core';
import { crashEverywhere, isProved, judge, type Ending } from '@crossdock/testing/crash';
import { expect, it } from 'vitest';
import { book, type Booking } from './ledger.ts';
import { orderBook, soundly, type Change, type Work } from './order-book.ts';
import { pointOf } from './point-of.ts';

const leftToAPerson: Work = async (context, runtime) => {
  const { number, ref } = context.event.data;
  if (number !== '2') return soundly(context, runtime);
  throw new CommerceError({ code: 'sku.unknown', message: `Order "${number}" has an unknown SKU.`, refs: [ref] });
};

const booking: Booking = (fetch, number, key) => book(fetch, number, key, number === '1' ? 'strict' : undefined);

/** Forgets order 2 in every process but the first of a run, and does with it before that what `otherwise` says. */
function forgetful(otherwise: Work, change: Change = {}) {
  let starts = 0;
  const world = orderBook({
    ...change,
    onStart: () => void starts++,
    async work(context, runtime) {
      if (starts === 1 || context.event.data.number !== '2') await otherwise(context, runtime);
    },
  });
  return {
    ...world,
    platforms(...given: Parameters<typeof world.platforms>) {
      starts = 0;
      return world.platforms(...given);
    },
  };
}

it('lets what waits for a person without any crash wait after one, too', { timeout: 60_000 }, async () => {
  const report = await crashEverywhere(orderBook({ work: leftToAPerson }), { pairs: false });
  expect(report.failures).toEqual([]);
  expect(report.held).toBe(1);
});

it('counts an order as lost that should wait for a person and is gone', { timeout: 60_000 }, async () => {
  const report = await crashEverywhere(forgetful(leftToAPerson), { pairs: false });
  expect(report.losses).toBeGreaterThan(0);
  expect(isProved(report)).toBe(false);
  expect(report.failures[0]?.verdict.losses.join()).toContain('should wait for a person as sku.unknown');
});

it('sees the order that is lost beside one of which nobody can know', async () => {
  const report = await crashEverywhere(forgetful(soundly, { booking, uncertain: 1 }), {
    kinds: ['kill'],
    point: pointOf('after send 1: POST ledger /strict'),
  });
  expect(report).toMatchObject({ uncertain: 1, losses: 1 });
});

it('excuses the records and the later runs of the order of which nobody can know, and no others', () => {
  const clean: Ending = {
    state: { orders: [{ name: '#1042' }, { name: '#1043' }] },
    inspection: { exceptions: [], unfinished: [], flows: ['place'] },
    broken: [],
  };
  const doubt = { flow: 'place', run: 'place/7', key: '7', about: ['gid/7', '1042'], message: 'May be there.' };
  const verdict = judge(clean, {
    state: { orders: [] },
    inspection: {
      exceptions: [{ ...doubt, code: 'write.uncertain', category: 'uncertain', kind: 'technical' }],
      unfinished: ['7', '8'].map((key) => ({ id: `later/${key}`, flow: 'place', key })),
      flows: ['place'],
    },
    broken: [],
  });
  expect(verdict.losses).toEqual(['orders: {"name":"#1043"}']);
  expect(verdict.stuck).toEqual(['"later/8" is neither done nor before a person']);
  expect(verdict.uncertain).toHaveLength(1);
});
