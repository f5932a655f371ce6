import { describe, expect, it } from 'vitest';
import { siteMoments } from '../src/site-moments.ts';
import type { WooClient } from '../src/client.ts';
import { pullAll, shopWithGoods } from './world.ts';

const zoneOf = { timezone_string: 'Europe/Berlin', gmt_offset: 1 };

/** What a row's moment is in UTC, in a shop whose index says this. */
async function utcOf(date_created: string, index: unknown): Promise<unknown> {
  let asked = 0;
  const client = {
    get: async (_path: string, { answer }: { answer: { parse(value: unknown): unknown } }) => {
      asked += 1;
      return { status: 200, headers: new Headers(), data: answer.parse(index) };
    },
  };
  // Only `get` is called.
  const complete = siteMoments(client as unknown as WooClient);
  const call = { operation: 'orders.pull' };
  const rows = [
    { id: 1, date_created },
    { id: 2, date_created },
  ];
  const [first] = await complete(rows, call);
  await complete(rows, call);
  await complete([{ id: 3, date_created, date_created_gmt: '2026-01-01T00:00:00', date_paid: null }], call);
  expect(asked).toBe(1);
  return (first as { date_created_gmt?: unknown }).date_created_gmt;
}

describe('a moment by the clock of the site', () => {
  it.each([
    ['in winter', '2026-01-15T13:00:00', zoneOf, '2026-01-15T12:00:00'],
    ['in summer', '2026-07-15T13:00:00', zoneOf, '2026-07-15T11:00:00'],
    ['in the hour that came twice, which is the first', '2026-10-25T02:30:00', zoneOf, '2026-10-25T00:30:00'],
    ['behind that hour', '2026-10-25T03:00:00', zoneOf, '2026-10-25T02:00:00'],
    ['west of Greenwich', '2026-07-15T13:00:00', { timezone_string: 'America/St_Johns' }, '2026-07-15T15:30:00'],
    [
      'of a site with hours alone',
      '2026-07-15T13:00:00',
      { timezone_string: '', gmt_offset: '5.5' },
      '2026-07-15T07:30:00',
    ],
    ['of a site in UTC', '2026-07-15T13:00:00', { timezone_string: 'UTC', gmt_offset: 0 }, '2026-07-15T13:00:00'],
    ['of a site that does not say', '2026-07-15T13:00:00', {}, undefined],
    ['of a zone that nobody knows', '2026-07-15T13:00:00', { timezone_string: 'Moon/Crater' }, undefined],
  ])('%s', async (_when, local, index, utc) => {
    expect(await utcOf(local, index)).toBe(utc);
  });

  it('is all that a plugin leaves of an order, which is read as it is', async () => {
    const { fake, shop, connect, place, clock } = shopWithGoods();
    const ids = [place(), place()];
    await clock.advance(60_000);
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      if (new URL(request.url).pathname === '/wp-json/') return Response.json(zoneOf);
      const answer = await fake.fetch(request);
      const text = (await answer.text()).replaceAll(
        /"date_(created|modified|paid|completed)_gmt":(?:"[^"]*"|null),?/g,
        '',
      );
      return new Response(text.replaceAll(',}', '}'), { status: answer.status, headers: answer.headers });
    };
    const without = connect({ fetch });
    const ref = { system: 'woocommerce', kind: 'order', id: String(ids[0]) } as const;
    expect(await without.orders.get(ref)).toEqual(await shop.orders.get(ref));
    expect((await pullAll(without.orders.pull({}))).orders).toEqual((await pullAll(shop.orders.pull({}))).orders);
  });
});
