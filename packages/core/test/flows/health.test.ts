import { compose, type DeliveryHealth } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { describe, expect, it } from 'vitest';
import { testClock } from '../../../testing/src/index.ts';
import { lateShop, told } from './late-shop.ts';
import { placeOrder } from './set-up.ts';
import { erp, ownership } from './shop.ts';

const hour = 3_600_000;

function hubWith(silentAfterMs?: { readonly shop?: number }) {
  const clock = testClock({ auto: false });
  const stores = memoryStores({ clock });
  const shop = lateShop();
  const systems = { shop: shop.connector, erp: erp().connector };
  const composed = () => compose({ systems, flows: [placeOrder], ownership, stores, clock, silentAfterMs });
  const hub = composed();
  const signals: string[] = [];
  for (const name of ['webhooks.missed', 'webhooks.silent', 'webhooks.recovered'] as const) {
    hub.signals.on(name, ({ system, state }: DeliveryHealth) => signals.push(`${name} ${system} ${state}`));
  }
  const deliver = async (id: string) => {
    await hub.receive('shop', told(id));
    await hub.work();
  };
  const state = async () => (await hub.health()).map((one) => one.state);
  const sweep = () => hub.sweep('shop', 'orders.pull');
  return { clock, shop, hub, composed, signals, deliver, state, sweep };
}

describe('the deliveries of a system', () => {
  it('are looked at where it tells by itself, and nowhere else', async () => {
    const { hub } = hubWith();
    expect(await hub.health()).toEqual([
      { system: 'shop', state: 'never', deliveredAt: undefined, sweptAt: undefined, missed: 0 },
    ]);
  });

  it('fall silent after a day, or after the time that the system is given, and recover with the next one', async () => {
    for (const silentAfterMs of [undefined, hour]) {
      const { clock, shop, hub, signals, deliver, state } = hubWith({ ...(silentAfterMs && { shop: silentAfterMs }) });
      shop.add('1', clock.now());
      await deliver('1');
      const [first] = await hub.health();
      expect(first).toMatchObject({ state: 'delivering', deliveredAt: new Date(clock.now()).toISOString() });
      await clock.advance(silentAfterMs ?? 24 * hour);
      expect(await state()).toEqual(['delivering']);
      await clock.advance(1);
      expect(await state()).toEqual(['silent']);
      expect(await state()).toEqual(['silent']);
      await deliver('1');
      expect(await state()).toEqual(['delivering']);
      expect(signals).toEqual(['webhooks.silent shop silent', 'webhooks.recovered shop delivering']);
    }
  });

  it('are missing what a sweep finds, until they tell of something that happened later', async () => {
    const { clock, shop, hub, signals, deliver, sweep } = hubWith();
    shop.add('1', clock.now());
    await deliver('1');
    shop.add('2', clock.now());
    await clock.advance(hour);
    await sweep();
    expect(signals).toEqual(['webhooks.missed shop missing']);
    expect(await hub.health()).toMatchObject([{ missed: 1, sweptAt: new Date(clock.now()).toISOString() }]);
    shop.add('3', clock.now());
    await deliver('3');
    await clock.advance(hour);
    await sweep();
    expect(signals).toEqual(['webhooks.missed shop missing', 'webhooks.recovered shop delivering']);
    expect(await hub.health()).toMatchObject([{ state: 'delivering', missed: 0 }]);
  });

  it('are missing what was lost between others, until a sweep finds nothing more', async () => {
    const { clock, shop, deliver, state, sweep } = hubWith();
    shop.add('lost', clock.now());
    await clock.advance(1);
    shop.add('told', clock.now());
    await deliver('told');
    await clock.advance(hour);
    await sweep();
    expect(await state()).toEqual(['missing']);
    await sweep();
    expect(await state()).toEqual(['delivering']);
  });

  it('stay missing in quiet hours: of a dead subscription that is told once', async () => {
    const { clock, shop, hub, signals, deliver, sweep } = hubWith({ shop: 48 * hour });
    shop.add('before', clock.now());
    await deliver('before');
    await clock.advance(hour);
    for (let number = 0; number < 3; number++) {
      shop.add(`untold ${number}`, clock.now());
      await clock.advance(hour);
      await sweep();
      await clock.advance(hour);
      await sweep();
    }
    expect(signals).toEqual(['webhooks.missed shop missing']);
    expect(await hub.health()).toMatchObject([{ state: 'missing', missed: 3 }]);
  });

  it('stay missing while they tell of other things, or of what happened before and changed since', async () => {
    const { clock, shop, signals, deliver, state, sweep } = hubWith();
    shop.add('told', clock.now());
    await deliver('told');
    await clock.advance(hour);
    shop.add('untold', clock.now());
    await clock.advance(hour);
    await sweep();
    await deliver('no order at all');
    shop.change('told', clock.now());
    await clock.advance(hour);
    await sweep();
    expect(await state()).toEqual(['missing']);
    expect(signals).toEqual(['webhooks.missed shop missing']);
  });

  it('recover when what was missing is told late', async () => {
    const { clock, shop, signals, deliver, state, sweep } = hubWith();
    shop.add('1', clock.now());
    await clock.advance(hour);
    await sweep();
    await deliver('1');
    await sweep();
    expect(await state()).toEqual(['delivering']);
    expect(signals).toEqual(['webhooks.missed shop missing', 'webhooks.recovered shop delivering']);
  });

  it('are missing what a sweep found that broke off and was begun anew', async () => {
    const { clock, shop, hub, deliver, sweep } = hubWith();
    for (let number = 0; number < 2; number++) shop.add(`${number}`, clock.now());
    await clock.advance(1);
    shop.add('told', clock.now());
    await deliver('told');
    await clock.advance(hour);
    shop.breaks.after = 1;
    await expect(sweep()).rejects.toThrow('The shop is down.');
    shop.breaks.after = Number.POSITIVE_INFINITY;
    await hub.sweep('shop', 'orders.pull', { updatedAfter: '2020-01-01T00:00:00.000Z' });
    expect(await hub.health()).toMatchObject([{ state: 'missing', missed: 2 }]);
  });

  it('are missing rather than none where nothing was ever delivered and a sweep finds facts', async () => {
    const { clock, shop, signals, state, sweep } = hubWith();
    shop.add('1', clock.now());
    await clock.advance(hour);
    await sweep();
    expect(await state()).toEqual(['missing']);
    expect(signals).toEqual(['webhooks.missed shop missing']);
  });

  it('are told of once, of several processes that look', async () => {
    const { clock, shop, composed, signals, deliver, state } = hubWith();
    const other = composed();
    let heard = 0;
    other.signals.on('webhooks.silent', () => heard++);
    shop.add('1', clock.now());
    await deliver('1');
    await state();
    await clock.advance(25 * hour);
    await Promise.all([state(), other.health()]);
    expect(signals.length + heard).toBe(1);
  });
});
