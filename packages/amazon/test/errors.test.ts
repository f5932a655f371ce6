import { describe, expect, it } from 'vitest';
import { tidy } from '../src/errors.ts';
import { refOf, shipmentOf, storeWithGoods } from './store.ts';

const html = {
  kind: 'answer',
  status: 404,
  headers: { 'content-type': 'text/html' },
  body: '<html>Not Found</html>',
} as const;

describe("a 404 that is not Amazon's own", () => {
  it.each([
    ['a web page', html],
    ['nothing', { kind: 'answer', status: 404 }],
    ['JSON without a reason', { kind: 'answer', status: 404, body: '{"message":"no route"}' }],
    [
      'a request id alone',
      { kind: 'answer', status: 404, headers: { 'x-amzn-requestid': 'r-1' }, body: '{"errors":[]}' },
    ],
  ] as const)('says of no order that it is missing: %s', async (_what, answer) => {
    const { store, place, fake } = storeWithGoods();
    const { orderId } = place();
    const stop = fake.faults.always('getOrder', answer);
    const gone = expect.objectContaining({ code: 'platform.unavailable', retryable: true });
    await expect(store.orders.get(refOf(orderId))).rejects.toEqual(gone);
    const shipment = shipmentOf('1', [{ lines: [['TEE', 1]], tracking: 'A' }]);
    const confirmed = store.shipments.confirm({ order: refOf(orderId), shipment }, { idempotencyKey: 'a' });
    await expect(confirmed).rejects.toEqual(gone);
    stop();
    // So many failures have opened the circuit, which nobody waits for.
    await fake.clock.sleep(30_000);
    expect(await store.orders.get(refOf(orderId))).toMatchObject({ number: orderId });
  });

  it('is repeated, because the next answer may come from Amazon', async () => {
    const { store, place, fake } = storeWithGoods();
    const { orderId } = place();
    fake.faults.next('getOrder', html);
    expect(await store.orders.get(refOf(orderId))).toMatchObject({ number: orderId });
  });

  it('says of no SKU that nobody lists it, and leaves open what was written', async () => {
    const { store, state, fake } = storeWithGoods();
    state.addListing({ sku: 'A,B', price: '1.00', quantity: 1 });
    const stop = fake.faults.always('getListingsItem', html);
    const push = (sku: string) => store.inventory.push([{ sku, available: 2 }], { idempotencyKey: 'a' });
    expect(await push('A,B')).toMatchObject([{ ok: false, error: { code: 'platform.unavailable' } }]);
    stop();
    fake.faults.always('patchListingsItem', html);
    expect(await push('TEE')).toMatchObject([{ ok: false, error: { code: 'write.uncertain' } }]);
  });

  it('says of no record that it is missing where it met a file of a feed', async () => {
    const { store, fake } = storeWithGoods({ feedFrom: 1 });
    fake.faults.next('uploadDocument', html);
    const push = () => store.inventory.push([{ sku: 'TEE', available: 2 }], { idempotencyKey: 'a' });
    expect(await push()).toMatchObject([{ ok: true }]);
    fake.faults.always('uploadDocument', html);
    expect(await push()).toMatchObject([{ ok: false, error: { code: 'platform.unavailable' } }]);
  });

  it('leaves open whether a shipment was confirmed', async () => {
    const { store, place, fake } = storeWithGoods();
    const { orderId } = place();
    fake.faults.always('confirmShipment', html);
    const shipment = shipmentOf('1', [{ lines: [['TEE', 1]], tracking: 'A' }]);
    const confirmed = store.shipments.confirm({ order: refOf(orderId), shipment }, { idempotencyKey: 'a' });
    await expect(confirmed).rejects.toMatchObject({ code: 'write.uncertain' });
  });

  it('says of no order that it is missing where it met the call for a token', async () => {
    const { store, place, fake } = storeWithGoods();
    const { orderId } = place();
    fake.faults.always('token', html);
    await expect(store.orders.get(refOf(orderId))).rejects.toMatchObject({ code: 'platform.unavailable' });
  });
});

it('knows from Amazon itself that there is no such order', async () => {
  const { store } = storeWithGoods();
  expect(await store.orders.get(refOf('404-0000000-0000404'))).toBeUndefined();
});

describe("Amazon's words", () => {
  it.each([
    ['e-mails', 'Buyer john.doe@mail.example is unknown', 'Buyer (e-mail) is unknown'],
    ['telephone numbers', 'call +44 7700 900123', 'call (phone)'],
    [
      'local telephone numbers',
      'call 07700 900123, (0161) 496 0000 or 02079460958 now',
      'call (phone), (phone) or (phone) now',
    ],
    ['telephone numbers without a leading zero', 'call (555) 555-0100 or 555-555-0100', 'call (phone) or (phone)'],
    ['links', 'see https://a.example/?k=1 there', 'see (address) there'],
    [
      'addresses without a scheme',
      'PUT tortuga.s3.example/x?X-Amz-Signature=abc&X-Amz-Credential=K failed',
      'PUT (address) failed',
    ],
    ['encoded addresses', 'at x%3FX-Amz-Signature%3Dabc', 'at (address)'],
    ['tokens', 'refused Atza|IwEBIabc', 'refused (token)'],
    ['encoded tokens', 'refused Atzr%7CIwEBI%2Babc', 'refused (token)'],
    ['headers', 'x-amz-access-token: FwoGZXIv, Bearer eyJhbGciOi.abc.def', '(token), (token)'],
    ['credentials', 'secret amzn1.oa2-cs.v1.abcdef', 'secret (credential)'],
  ])('are repeated without %s', (_what, said, tidied) => expect(tidy(said)).toBe(tidied));

  it.each([
    'Order 026-1234567-1234567 has item 01234567890123',
    'UPC 012345678905 and ASIN B000000001 are not of SKU TEE-0123456',
    'quantity 0.00, 2026-11-01T00:00:00Z, is "fulfillment_availability" right?',
  ])('keep what a person needs: %s', (said) => expect(tidy(said)).toBe(said));
});
