import { isCommerceError, type ShipmentConfirmation, type WriteOptions } from '@crossdock/core';
import { cancelBreaks, lateCancelBreaks } from './cancels.ts';
import { withHeaders, withPort, withWrite, type Break, type Breaks, type Creation } from './flaw.ts';

const key = 'idempotency-key';
/** Forgets the key. */
export const keyless = withHeaders((headers) => headers.delete(key));
/** Takes another key for every attempt. */
export const anotherKey: NonNullable<Break['line']> = (fetch) => {
  let attempt = 0;
  return withHeaders((headers) => headers.set(key, `${headers.get(key)}/${++attempt}`))(fetch);
};
/** Takes one key for everything. */
export const oneKey = withHeaders((headers) => headers.set(key, 'always the same'));

/** The connector with one write sent under a changed key. */
function keyed(operation: Creation, change: (options: WriteOptions) => WriteOptions): Break['connector'] {
  return (sound) => withWrite(sound, operation, (write) => (draft, options) => write(draft, change(options)));
}

/** What was ordered, of a shipment of one unit more. */
function oneLess({ order, shipment }: ShipmentConfirmation): ShipmentConfirmation {
  const parcels = shipment.parcels.map((parcel) => ({
    ...parcel,
    lines: parcel.lines.map((line) => ({ ...line, quantity: line.quantity - 1 })),
  }));
  return { order, shipment: { ...shipment, parcels } };
}

/** Every connector has its own keys, as if it were alone in the world. */
function keysOfItsProcess(operation: Creation): Break {
  let process = 0;
  return {
    says: /2 records|threw "record\.rejected"/,
    connector(sound, platform) {
      const own = ++process;
      const broken = keyed(operation, (options) => ({
        ...options,
        idempotencyKey: `${own}/${options.idempotencyKey}`,
      }));
      return broken?.(sound, platform) ?? sound;
    },
  };
}

export function creationBreaks(operation: Creation, parallel: number): Breaks {
  /** Writes once more to see it through, and ends as that does. */
  const denying: Break['connector'] = (sound) =>
    withWrite(sound, operation, (write) => async (draft, options) => {
      await write(draft, options);
      return write(draft, options);
    });
  return {
    // Where goods or money would come twice, the platform itself refuses that.
    [`${operation}/same-key-creates-once`]: { says: /2 records|threw "record\.rejected"/, line: keyless },
    [`${operation}/lost-answer-creates-once`]: { says: /2 records|threw "record\.rejected"/, line: anotherKey },
    [`${operation}/deaf-platform-creates-at-most-once`]: { says: /5 records/, line: anotherKey },
    [`${operation}/what-was-made-is-not-denied`]: {
      says: /says that nothing was written, and 1 records were made/,
      connector: denying,
    },
    [`${operation}/another-process-creates-once`]: keysOfItsProcess(operation),
    [`${operation}/parallel-same-key-creates-once`]: { says: new RegExp(`${parallel} records`), line: keyless },
    [`${operation}/another-record-is-created-too`]: { says: /threw "key\.reused"/, line: oneKey },
  };
}

export const writeBreaks: Breaks = {
  ...creationBreaks('orders.create', 10),
  'orders.create/refuses-amounts-that-nobody-stated': {
    says: /A draft whose amounts nobody stated ended well/,
    connector: (sound) =>
      withPort(sound, 'orders', {
        create: ({ amounts: _amounts, ...draft }, options) => sound.orders.create(draft, options),
      }),
  },
  'orders.create/refuses-an-order-that-is-a-test': {
    says: /A draft that somebody made to try the channel ended well/,
    connector: (sound) =>
      withPort(sound, 'orders', {
        create: ({ test: _test, ...draft }, options) => sound.orders.create(draft, options),
      }),
  },
  ...creationBreaks('customers.create', 10),
  ...creationBreaks('fulfillments.request', 100),
  'writes/refuse-a-blank-key': {
    says: /customers\.create with a blank key ended well/,
    connector: (sound) =>
      withPort(sound, 'customers', {
        create: (draft, options) =>
          sound.customers.create(draft, { ...options, idempotencyKey: options.idempotencyKey || 'one' }),
      }),
  },
  ...cancelBreaks('orders.cancel'),
  ...cancelBreaks('fulfillments.cancel'),
  ...lateCancelBreaks('fulfillments.cancel', 'has left'),
  'shipments.confirm/same-key-confirms-once': { says: /threw "record.rejected"/, line: keyless },
  'shipments.confirm/same-key-of-a-part-confirms-once': { says: /threw "record.rejected"|2 units/, line: keyless },
  'shipments.confirm/lost-answer-confirms-once': { says: /2 units/, line: anotherKey },
  'shipments.confirm/a-part-and-then-the-rest': { says: /1 units .* and 2 left/, line: oneKey },
  'shipments.confirm/never-more-than-open': {
    says: /units are shipped there by .* one unit more/,
    connector: (sound) =>
      withPort(sound, 'shipments', {
        async confirm(confirmation, options) {
          try {
            return await sound.shipments.confirm(confirmation, options);
          } catch (error) {
            if (isCommerceError(error, 'record.rejected'))
              await sound.shipments.confirm(oneLess(confirmation), options);
            throw error;
          }
        },
      }),
  },
};
