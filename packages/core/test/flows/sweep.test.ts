import { CommerceError, type Stores } from '@crossdock/core';
import { compose, run } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom, testClock } from '../../../testing/src/index.ts';
import { lateShop, told } from './late-shop.ts';
import { placeOrder } from './set-up.ts';
import { erp, ownership } from './shop.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

function hubWith(given?: Stores) {
  const clock = testClock({ auto: false });
  const stores = given ?? memoryStores({ clock });
  const shop = lateShop();
  const ledger = erp();
  const systems = { shop: shop.connector, erp: ledger.connector };
  const hub = compose({ systems, flows: [placeOrder], ownership, stores, clock });
  const booked = async () => {
    await hub.work();
    return ledger.made.map(({ number }) => number).toSorted();
  };
  const sweep = (options?: Parameters<typeof hub.sweep>[2]) => hub.sweep('shop', 'orders.pull', options);
  return { clock, stores, shop, ledger, hub, booked, sweep };
}

describe('a sweep', () => {
  it('restores everything after an outage of six hours, and of five webhooks in a hundred that were lost', async () => {
    const { clock, shop, ledger, hub, sweep } = hubWith();
    const random = seededRandom(7);
    let lost = 0;
    for (let number = 0; number < 480; number++) {
      await clock.advance(3 * minute);
      shop.add(`o${number}`, clock.now());
      const isDown = number >= 200 && number < 320;
      if (isDown || random() < 0.05) lost++;
      else await hub.receive('shop', told(`o${number}`));
    }
    await hub.work();
    expect(ledger.made).toHaveLength(480 - lost);
    await clock.advance(hour);
    expect(await sweep({ overlapMs: 2 * day })).toEqual({ pages: 241, records: 480, started: lost, missed: lost });
    await hub.work();
    expect(new Set(ledger.made.map(({ number }) => number)).size).toBe(480);
    expect(ledger.made).toHaveLength(480);
    expect(await sweep()).toMatchObject({ started: 0, missed: 0 });
  }, 30_000);

  it('finds what became visible behind the cursor of the poll, and leaves that cursor where it is', async () => {
    const { clock, stores, shop, hub, booked, sweep } = hubWith();
    const start = clock.now();
    shop.add('2', start + 3000);
    await hub.poll('shop', 'orders.pull');
    const cursor = await stores.cursors.read('shop/orders.pull');
    shop.add('1', start + 1000);
    await clock.advance(hour);
    expect(await hub.poll('shop', 'orders.pull')).toMatchObject({ records: 0 });
    expect(await sweep()).toMatchObject({ records: 2, started: 1 });
    expect(await booked()).toEqual(['1', '2']);
    expect(await stores.cursors.read('shop/orders.pull')).toBe(cursor);
  });

  it('looks back a day at first, and later a day behind the beginning of the one before', async () => {
    const { clock, shop, sweep } = hubWith();
    const start = clock.now();
    shop.add('1', start);
    await sweep();
    await clock.advance(3 * day);
    shop.add('2', clock.now());
    await sweep();
    await clock.advance(hour);
    await sweep({ overlapMs: hour });
    await sweep({ updatedAfter: '2020-01-01T00:00:00.000Z' });
    expect(shop.asked.map(({ updatedAfter }) => updatedAfter)).toEqual([
      new Date(start - day).toISOString(),
      new Date(start - day).toISOString(),
      new Date(start + 3 * day - hour).toISOString(),
      '2020-01-01T00:00:00.000Z',
    ]);
  });

  it('loses nothing between the sweep before and the moment to which a person let it look back', async () => {
    const { clock, shop, booked, sweep } = hubWith();
    await sweep();
    await clock.advance(day);
    shop.add('lost', clock.now());
    await clock.advance(3 * day);
    await sweep({ updatedAfter: new Date(clock.now() - hour).toISOString() });
    await sweep();
    expect(await booked()).toEqual(['lost']);
  });

  it('looks back from no moment that is none, and from none that has not come', async () => {
    const { clock, stores, shop, hub, sweep } = hubWith();
    await sweep();
    const kept = await stores.cursors.read('sweep/shop/orders.pull');
    const soon = new Date(clock.now() + 1).toISOString();
    const strange: unknown[] = ['yesterday', '', '2026-11-01', '2026-11-01T00:00:00', '2999-01-01T00:00:00Z', soon, 7];
    for (const updatedAfter of strange) {
      const refused = { code: 'options.invalid', message: expect.stringContaining('updatedAfter') };
      await expect(sweep({ updatedAfter: updatedAfter as never })).rejects.toMatchObject(refused);
      await expect(hub.poll('shop', 'orders.pull', { updatedAfter: updatedAfter as never })).rejects.toMatchObject(
        refused,
      );
    }
    expect(shop.asked).toHaveLength(1);
    expect(await stores.cursors.read('sweep/shop/orders.pull')).toBe(kept);
    expect(await stores.cursors.read('shop/orders.pull')).toBeUndefined();
  });

  it('reads everything where it may overlap all there was', async () => {
    const { shop, sweep } = hubWith();
    shop.add('1', 0);
    shop.add('2', 1);
    expect(await sweep({ overlapMs: Number.MAX_SAFE_INTEGER })).toMatchObject({ records: 2 });
  });

  it('looks back from the latest moment that the system gave where our clock runs ahead of it', async () => {
    const { clock, shop, sweep } = hubWith();
    const ahead = clock.now() - 2 * hour;
    shop.add('1', ahead);
    await sweep();
    await sweep({ overlapMs: hour });
    expect(shop.asked.at(-1)).toEqual({ updatedAfter: new Date(ahead - hour).toISOString() });
  });

  it('looks back from that moment also behind sweeps that found nothing', async () => {
    const { clock, shop, booked, sweep } = hubWith();
    const ahead = 2 * day;
    shop.add('1', clock.now() - ahead);
    await sweep({ overlapMs: ahead });
    shop.remove('1');
    for (let quiet = 0; quiet < 3; quiet++) {
      await clock.advance(hour);
      expect(await sweep({ overlapMs: minute })).toMatchObject({ records: 0 });
    }
    shop.add('2', clock.now() - ahead);
    await sweep({ overlapMs: hour });
    expect(shop.asked.at(-1)).toEqual({ updatedAfter: new Date(clock.now() - 3 * hour - ahead - hour).toISOString() });
    expect(await booked()).toEqual(['1', '2']);
  });

  it('looks back to where the first began until one has found something', async () => {
    const { clock, shop, booked, sweep } = hubWith();
    const start = clock.now();
    const ahead = 2 * day;
    await sweep();
    await clock.advance(day);
    await sweep();
    await clock.advance(hour);
    shop.add('1', clock.now() - ahead);
    expect(await sweep()).toMatchObject({ started: 1 });
    await sweep({ overlapMs: hour });
    expect(await booked()).toEqual(['1']);
    expect(shop.asked.map(({ updatedAfter }) => updatedAfter)).toEqual([
      ...Array.from({ length: 3 }, () => new Date(start - day).toISOString()),
      new Date(start - day).toISOString(),
    ]);
  });

  it('goes on where it broke off, and counts what it had found', async () => {
    const { clock, shop, hub, booked, sweep } = hubWith();
    for (let number = 0; number < 7; number++) shop.add(`${number}`, clock.now());
    await clock.advance(hour);
    shop.breaks.after = 2;
    await expect(sweep()).rejects.toMatchObject({ code: 'platform.unavailable' });
    expect(await booked()).toHaveLength(4);
    expect(await hub.health()).toMatchObject([{ state: 'missing', missed: 4, sweptAt: undefined }]);
    shop.breaks.after = Number.POSITIVE_INFINITY;
    expect(await sweep()).toEqual({ pages: 2, records: 3, started: 3, missed: 3 });
    expect(await booked()).toHaveLength(7);
    expect(await hub.health()).toMatchObject([{ state: 'missing', missed: 7 }]);
  });

  it('begins anew where it broke off more than a day ago, as the system may have forgotten its pages', async () => {
    const { clock, shop, sweep } = hubWith();
    const start = clock.now();
    for (let number = 0; number < 7; number++) shop.add(`${number}`, start);
    shop.breaks.after = 1;
    await expect(sweep()).rejects.toThrow('The shop is down.');
    await clock.advance(day);
    shop.breaks.after = Number.POSITIVE_INFINITY;
    expect(await sweep()).toMatchObject({ records: 7 });
    expect(shop.asked.at(-1)).toEqual({ updatedAfter: new Date(start - day).toISOString() });
  });

  it('looks back further than one that broke off when it is told to', async () => {
    const { clock, shop, sweep } = hubWith();
    for (let number = 0; number < 7; number++) shop.add(`${number}`, clock.now());
    shop.breaks.after = 1;
    await expect(sweep()).rejects.toThrow('The shop is down.');
    shop.breaks.after = Number.POSITIVE_INFINITY;
    expect(await sweep({ updatedAfter: '2020-01-01T00:00:00.000Z' })).toMatchObject({ records: 7 });
    shop.breaks.after = 1;
    await expect(sweep()).rejects.toThrow('The shop is down.');
    shop.breaks.after = Number.POSITIVE_INFINITY;
    expect(await sweep()).toMatchObject({ records: 5 });
  });

  it('begins anew where one that broke off began when a person says how far to look, and no later', async () => {
    const { clock, shop, sweep } = hubWith();
    const start = clock.now();
    for (let number = 0; number < 7; number++) shop.add(`${number}`, start);
    shop.breaks.after = 1;
    await expect(sweep()).rejects.toThrow('The shop is down.');
    shop.breaks.after = Number.POSITIVE_INFINITY;
    await clock.advance(hour);
    expect(await sweep({ updatedAfter: new Date(clock.now()).toISOString() })).toMatchObject({ records: 7 });
    expect(shop.asked.at(-1)).toEqual({ updatedAfter: new Date(start - day).toISOString() });
  });

  it('begins anew where the system does not go on from the place at which one broke off', async () => {
    for (const code of ['options.invalid', 'request.rejected', 'record.missing'] as const) {
      const { clock, shop, booked, sweep } = hubWith();
      const start = clock.now();
      for (let number = 0; number < 7; number++) shop.add(`${number}`, start);
      shop.breaks.after = 1;
      await expect(sweep()).rejects.toThrow('The shop is down.');
      shop.breaks.after = Number.POSITIVE_INFINITY;
      shop.forgotten.code = code;
      await clock.advance(hour);
      expect(await sweep()).toEqual({ pages: 4, records: 7, started: 5, missed: 7 });
      expect(shop.asked.at(-1)).toEqual({ updatedAfter: new Date(start - day).toISOString() });
      expect(await booked()).toHaveLength(7);
    }
  });

  it('goes on from page to page where the system refuses a later one', async () => {
    const { clock, shop, sweep } = hubWith();
    for (let number = 0; number < 7; number++) shop.add(`${number}`, clock.now());
    Object.assign(shop.breaks, { after: 1, code: 'request.rejected' });
    for (let turn = 0; turn < 3; turn++) await expect(sweep()).rejects.toMatchObject({ code: 'request.rejected' });
    expect(shop.asked).toHaveLength(3);
    expect(await sweep()).toMatchObject({ records: 1 });
  });

  it('keeps the place at which it broke off where the system is only down, or refuses the credentials', async () => {
    for (const code of ['platform.unavailable', 'auth.rejected', 'response.unexpected'] as const) {
      const { shop, clock, sweep } = hubWith();
      for (let number = 0; number < 7; number++) shop.add(`${number}`, clock.now());
      shop.breaks.after = 1;
      await expect(sweep()).rejects.toThrow('The shop is down.');
      shop.breaks.after = Number.POSITIVE_INFINITY;
      shop.forgotten.code = code;
      await expect(sweep()).rejects.toMatchObject({ code });
      expect(shop.asked).toHaveLength(2);
      shop.forgotten.code = undefined;
      expect(await sweep()).toMatchObject({ records: 5 });
    }
  });

  it('lands nothing of a page whose place does not land', async () => {
    const clock = testClock({ auto: false });
    const stores = memoryStores({ clock });
    let full = true;
    const { shop, booked, sweep } = hubWith({
      ...stores,
      atomically: (work) =>
        stores.atomically(async (inside) => {
          const result = await work(inside);
          if (full) throw new CommerceError({ code: 'store.unavailable', message: 'The disk is full.' });
          return result;
        }),
    });
    shop.add('1', clock.now());
    await expect(sweep()).rejects.toMatchObject({ code: 'store.unavailable' });
    full = false;
    expect(await booked()).toEqual([]);
    expect(await sweep()).toMatchObject({ started: 1, missed: 0 });
    expect(await booked()).toEqual(['1']);
  });

  it('begins every run once beside polls, webhooks and other sweeps', async () => {
    const act = fc.constantFrom('sweep' as const, 'poll' as const, 'webhook' as const);
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 8 }), async (acts) => {
        const { clock, shop, hub, booked, sweep } = hubWith();
        const ids = Array.from({ length: 9 }, (_, index) => `${index}`);
        for (const id of ids) shop.add(id, clock.now());
        await clock.advance(hour);
        await Promise.all(
          acts.map(async (one, index) => {
            if (one === 'sweep') await sweep();
            else if (one === 'poll') await hub.poll('shop', 'orders.pull');
            else await hub.receive('shop', told(`${index % 3}`));
          }),
        );
        await sweep();
        expect(await booked()).toEqual(ids);
      }),
      { numRuns: 60 },
    );
  }, 30_000);

  it('counts as missed what no webhook told, though a poll was faster, and each fact once', async () => {
    const { clock, shop, hub, sweep } = hubWith();
    shop.add('1', clock.now());
    shop.add('2', clock.now());
    await hub.receive('shop', told('1'));
    await hub.work();
    await hub.poll('shop', 'orders.pull');
    await clock.advance(hour);
    expect(await sweep()).toMatchObject({ records: 2, started: 0, missed: 1 });
    expect(await sweep()).toMatchObject({ records: 2, started: 0, missed: 0 });
  });

  it('does not count what is decoded late, but before its time is over', async () => {
    const { clock, shop, hub, sweep } = hubWith();
    shop.add('1', clock.now());
    await hub.receive('shop', told('1'));
    await clock.advance(9 * minute);
    expect(await sweep()).toMatchObject({ started: 1, missed: 0 });
    await hub.work();
    await clock.advance(hour);
    expect(await sweep()).toMatchObject({ started: 0, missed: 0 });
    expect(await hub.health()).toMatchObject([{ state: 'delivering' }]);
  });

  it('counts each fact once of several sweeps at once', async () => {
    const { clock, shop, hub, sweep } = hubWith();
    for (let number = 0; number < 9; number++) shop.add(`${number}`, clock.now());
    await clock.advance(hour);
    const reports = await Promise.all([sweep(), sweep(), sweep({ updatedAfter: '2020-01-01T00:00:00.000Z' })]);
    reports.push(await sweep());
    expect(reports.reduce((sum, { missed }) => sum + missed, 0)).toBe(9);
    expect(await hub.health()).toMatchObject([{ state: 'missing', missed: 9 }]);
  });

  it('does not call a change missed, as nobody knows which changes were subscribed to', async () => {
    const { clock, stores, shop } = hubWith();
    const changes = { ...placeOrder, on: 'order.updated' as const };
    const systems = { shop: shop.connector, erp: erp().connector };
    const hub = compose({ systems, flows: [changes as never], ownership, stores, clock });
    shop.add('1', clock.now());
    await clock.advance(hour);
    expect(await hub.sweep('shop', 'orders.pull')).toMatchObject({ started: 1, missed: 0 });
  });

  it('gives a webhook its time, and counts it once that is over', async () => {
    const { clock, shop, sweep } = hubWith();
    shop.add('1', clock.now());
    expect(await sweep()).toMatchObject({ started: 1, missed: 0 });
    await clock.advance(10 * minute);
    expect(await sweep()).toMatchObject({ started: 0, missed: 1 });
  });

  it('brings nothing back that a person closed within the overlap', async () => {
    const { shop, hub, sweep } = hubWith();
    const ref = { system: 'shop', kind: 'order', id: '9' } as const;
    const error = new CommerceError({ code: 'status.unmapped', message: 'Order "9" was not taken over: "odd".' });
    shop.problems.push({ ref, error });
    await sweep();
    const [waiting] = await hub.exceptions.list({ state: 'open', limit: 10 });
    await hub.exceptions.dismiss(waiting?.id ?? '', { by: 'Ann', note: 'A test order.' });
    await sweep();
    expect(await hub.exceptions.list({ state: 'open', limit: 10 })).toEqual([]);
  });

  it('stops between two pages when it is told to, and goes on from there', async () => {
    const { clock, shop, booked, sweep } = hubWith();
    for (let number = 0; number < 4; number++) shop.add(`${number}`, clock.now());
    const stop = new AbortController();
    stop.abort(new Error('The deployment is over.'));
    await expect(sweep({ signal: stop.signal })).rejects.toThrow('The deployment is over.');
    await sweep();
    expect(await booked()).toHaveLength(4);
  });

  it('refuses what nobody offers, and an overlap that is no time', async () => {
    const { hub, sweep } = hubWith();
    await expect(hub.sweep('erp', 'orders.pull')).rejects.toMatchObject({ code: 'wiring.invalid' });
    await expect(sweep({ overlapMs: -1 })).rejects.toMatchObject({ code: 'options.invalid' });
    await expect(sweep({ graceMs: Number.NaN })).rejects.toMatchObject({ code: 'options.invalid' });
  });

  it('runs beside the work until it is told to stop', async () => {
    const { clock, shop, ledger, hub } = hubWith();
    const stop = new AbortController();
    const errors: unknown[] = [];
    const sweeps = [{ system: 'shop', operation: 'orders.pull', everyMs: 2 * minute, overlapMs: hour }] as const;
    const running = run(hub, { signal: stop.signal, sweeps, clock, onError: (error) => errors.push(error) });
    await clock.advance(minute);
    shop.add('1', clock.now());
    await clock.advance(2 * minute);
    stop.abort();
    await running;
    expect(ledger.made).toMatchObject([{ number: '1' }]);
    expect(errors).toEqual([]);
  });
});
