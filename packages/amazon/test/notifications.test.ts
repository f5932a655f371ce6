import { expect, it } from 'vitest';
import { storeWithGoods } from './store.ts';

type Json = { [key: string]: unknown };

function queueOf(
  options: Parameters<typeof storeWithGoods>[0] = {},
  fakeOptions: Parameters<typeof storeWithGoods>[1] = {},
) {
  const parts = storeWithGoods(options, fakeOptions);
  parts.state.subscribe('ORDER_CHANGE');
  /** The next message about an order, as it lies in the queue. */
  async function message(order: Parameters<typeof parts.place>[0] = {}): Promise<string> {
    parts.place(order);
    await parts.clock.advance(60_000);
    const [first] = parts.state.queue.receive();
    if (!first) throw new Error('The queue is empty.');
    return first.body;
  }
  return { ...parts, message };
}

const emptyOf = (topic: string) => ({ deliveryId: '1', topic, body: '{}' });
const parsed = (body: string) => JSON.parse(body) as Json;

/** The same message with its keys in camel case, as some types of the same envelope have them. */
function camel(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(camel);
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key.slice(0, 1).toLowerCase() + key.slice(1), camel(each)]),
  );
}

it.each([
  ['out of a queue', (body: string) => body],
  ['out of an event bus', (body: string) => JSON.stringify({ version: '0', id: 'x', detail: parsed(body) })],
  ['with its keys in another case', (body: string) => JSON.stringify(camel(parsed(body)))],
])('reads a message %s, and states what the order is now', async (_how, wrap) => {
  const { store, state, message } = queueOf();
  const body = wrap(await message());
  const delivery = await store.notifications.read({ body });
  expect(delivery).toMatchObject({ topic: 'ORDER_CHANGE', body });
  const events = await store.notifications.decode(delivery);
  expect(events.map(({ type }) => type)).toEqual(['order.placed', 'order.updated']);
  state.cancel(state.orders[0]?.orderId ?? '');
  const later = await store.notifications.decode(delivery);
  expect(later.map(({ type }) => type)).toEqual(['order.updated', 'order.canceled']);
});

it('tells of an order that waits for its payment', async () => {
  const { store, message } = queueOf({}, { pendingMs: 3_600_000 });
  const events = await store.notifications.decode(await store.notifications.read({ body: await message() }));
  expect(events.map(({ type }) => type)).toEqual(['order.pending', 'order.updated']);
});

it('takes no message of another seller', async () => {
  const { connect, message } = queueOf();
  const body = await message();
  const other = connect({ sellerId: 'AOTHERSELLER' });
  await expect(other.notifications.read({ body })).rejects.toMatchObject({ code: 'webhook.unknown' });
  const delivery = { deliveryId: '1', topic: 'ORDER_CHANGE', body };
  await expect(other.notifications.decode(delivery)).rejects.toMatchObject({ code: 'webhook.unknown' });
});

it('makes nothing of orders that a pull would not bring', async () => {
  const { store, connect, message, fake } = queueOf();
  const fba = await store.notifications.read({ body: await message({ fulfilledBy: 'AMAZON' }) });
  expect(await store.notifications.decode(fba)).toEqual([]);
  expect(await connect({ fulfilledBy: ['AMAZON'] }).notifications.decode(fba)).toHaveLength(2);
  const before = fake.journal.all.length;
  const german = connect({ marketplaceId: 'A1PA6795UKMFR9' });
  expect(await german.notifications.decode(fba)).toEqual([]);
  expect(fake.journal.all).toHaveLength(before);
});

it('makes nothing of what tells of no order, and refuses types that nobody knows', async () => {
  const { store } = queueOf();
  expect(await store.notifications.decode(emptyOf('FEED_PROCESSING_FINISHED'))).toEqual([]);
  await expect(store.notifications.decode(emptyOf('ORDER_TELEPORTED'))).rejects.toMatchObject({
    code: 'webhook.unknown',
  });
});

it('does not understand an order change without an order', async () => {
  const { store, message } = queueOf();
  const whole = parsed(await message());
  const body = JSON.stringify({ ...whole, Payload: { OrderChangeNotification: { SellerId: 'A2FAKESELLER01' } } });
  const delivery = await store.notifications.read({ body });
  await expect(store.notifications.decode(delivery)).rejects.toMatchObject({ code: 'webhook.malformed' });
});
