import { describe, expect, it } from 'vitest';
import { refOf } from './shop.ts';
import { shipmentOf, shopWithGoods } from './world.ts';

const whole = (id = 's1') => shipmentOf(id, [{ lines: { TEE: 3, MUG: 2 }, tracking: `1Z-${id}` }]);
type World = ReturnType<typeof shopWithGoods>;

const confirm = (shop: World['shop'], id: number, shipment = whole()) =>
  shop.shipments.confirm({ order: refOf(id), shipment }, { idempotencyKey: 'k' });
const told = ({ state }: World, id: number) => state.notes(id).filter(({ note }) => note.includes('(ref. '));

describe('what was told twice', () => {
  const ways = [
    ['notes', {}, 'POST /orders/{id}/notes', (world: World, id: number) => told(world, id).map((one) => one.id)],
    [
      'trackings',
      { shipmentTracking: true },
      'POST /orders/{id}/shipment-trackings',
      ({ state }: World, id: number) => state.trackings(id).map((one) => one.id),
    ],
    [
      'fulfillments',
      { fulfillments: true },
      'POST /orders/{id}/fulfillments',
      ({ state }: World, id: number) => state.fulfillments(id).map((one) => one.id),
    ],
  ] as const;

  it.each(ways)('because the first was made late is told once when it is confirmed again: %s', async (...way) => {
    const [, features, operation, shown] = way;
    const world = shopWithGoods({}, features);
    const id = world.place();
    world.fake.faults.next(operation, { kind: 'late', ms: 2000 });
    await expect(confirm(world.connect(), id)).rejects.toMatchObject({ code: 'write.uncertain' });
    await confirm(world.connect(), id);
    const [kept] = shown(world, id);
    await world.clock.advance(10_000);
    await expect.poll(() => shown(world, id)).toHaveLength(2);
    await confirm(world.connect(), id);
    expect(shown(world, id)).toEqual([kept]);
    const since = world.asked().length;
    await confirm(world.connect(), id);
    expect(world.asked(since).filter((one) => !one.startsWith('GET'))).toEqual([]);
  });

  it('stays where the extension calls both by one id, because both would go', async () => {
    const world = shopWithGoods({}, { shipmentTracking: true });
    const id = world.place();
    await confirm(world.connect(), id);
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const answer = await world.fake.fetch(input, init);
      if (!new Request(input, init).url.endsWith('/shipment-trackings')) return answer;
      const [tracking] = (await answer.json()) as unknown[];
      return Response.json([tracking, tracking]);
    };
    await confirm(world.connect({ fetch }), id);
    expect(world.state.trackings(id)).toHaveLength(1);
  });

  it('is taken back even if another process takes it back at the same moment', async () => {
    const world = shopWithGoods({}, { fulfillments: true });
    const id = world.place();
    world.fake.faults.next('POST /orders/{id}/fulfillments', { kind: 'late', ms: 2000 });
    await expect(confirm(world.connect(), id)).rejects.toMatchObject({ code: 'write.uncertain' });
    await confirm(world.connect(), id);
    await world.clock.advance(10_000);
    const stop = world.fake.faults.always('*', { kind: 'slow', ms: 500 });
    await Promise.all([confirm(world.connect(), id), confirm(world.connect(), id)]);
    stop();
    expect(world.state.fulfillments(id)).toHaveLength(1);
  });

  it('leaves notes of other shipments and of people alone', async () => {
    const world = shopWithGoods();
    const id = world.place();
    await confirm(world.shop, id, shipmentOf('s1', [{ lines: { TEE: 3 }, tracking: '1Z-1' }]));
    await confirm(world.shop, id, shipmentOf('s2', [{ lines: { MUG: 2 }, tracking: '1Z-1' }]));
    await confirm(world.shop, id, shipmentOf('s1', [{ lines: { TEE: 3 }, tracking: '1Z-1' }]));
    expect(told(world, id)).toHaveLength(2);
  });
});

describe('a number that is the beginning of another', () => {
  it('is told all the same', async () => {
    const world = shopWithGoods();
    const id = world.place();
    const tees = { lines: { TEE: 3 }, tracking: '1Z-10', url: 'https://track.example/1Z-10' };
    const amended = shipmentOf('s1', [tees, { lines: { MUG: 2 }, tracking: '1Z-1' }]);
    await confirm(world.shop, id, shipmentOf('s1', [tees]));
    for (let time = 0; time < 3; time += 1) await confirm(world.shop, id, amended);
    const notes = told(world, id).map(({ note }) => note.replace(/ \(ref\..*/, ''));
    expect(notes).toEqual([
      'Shipment s1 has left: UPS 1Z-10 https://track.example/1Z-10',
      'Shipment s1 has left: UPS 1Z-1',
    ]);
  });

  it('is known again in every place of a note, and where the shop wrote signs in HTML', async () => {
    const world = shopWithGoods();
    const id = world.place();
    const parcels = [
      { lines: { TEE: 1 }, tracking: '1Z-1', carrier: 'Roe & Sons', url: 'https://track.example/?a=1&n=1Z-1' },
      { lines: { TEE: 1 }, tracking: '1Z-2' },
      { lines: { TEE: 1 }, tracking: '1Z-3', carrier: 'Roe & Sons' },
    ];
    await confirm(world.shop, id, shipmentOf('s1', parcels));
    const [note] = told(world, id);
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const answer = await world.fake.fetch(input, init);
      if (!new URL(new Request(input, init).url).pathname.endsWith('/notes')) return answer;
      return new Response((await answer.text()).replaceAll('&', '&amp;'), answer);
    };
    await confirm(world.connect({ fetch }), id, shipmentOf('s1', parcels));
    expect(told(world, id)).toEqual([note]);
  });
});

describe('a shop that is changed while we run', () => {
  it('is told in another way once the one that it had is gone', async () => {
    const world = shopWithGoods({}, { fulfillments: true });
    const [first, second] = [world.place(), world.place()];
    await confirm(world.shop, first, whole('a'));
    world.state.settings.fulfillments = false;
    await confirm(world.shop, second, whole('b'));
    expect(world.statusOf(second)).toBe('completed');
    expect(told(world, second)).toHaveLength(1);
  });
});
