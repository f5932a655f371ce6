import { isCommerceError, type CancelOutcome, type WriteOptions } from '@crossdock/core';
import { despairing } from './despair.ts';
import { errorOf, withHeaders, withPort, type Break, type Breaks } from './flaw.ts';

const key = 'idempotency-key';
/** Forgets the key. */
const keyless = withHeaders((headers) => headers.delete(key));
/** Takes another key for every attempt. */
const anotherKey: Break['line'] = (fetch) => {
  let attempt = 0;
  return withHeaders((headers) => headers.set(key, `${headers.get(key)}/${++attempt}`))(fetch);
};
/** Takes one key for everything. */
const oneKey = withHeaders((headers) => headers.set(key, 'always the same'));

type Write = 'orders.create' | 'customers.create' | 'fulfillments.request';

/** The connector with one write sent under a changed key. */
function keyed(operation: Write, change: (options: WriteOptions) => WriteOptions): Break['connector'] {
  return (sound) => {
    switch (operation) {
      case 'orders.create':
        return withPort(sound, 'orders', { create: (draft, options) => sound.orders.create(draft, change(options)) });
      case 'customers.create':
        return withPort(sound, 'customers', {
          create: (draft, options) => sound.customers.create(draft, change(options)),
        });
      case 'fulfillments.request':
        return withPort(sound, 'fulfillments', {
          request: (draft, options) => sound.fulfillments.request(draft, change(options)),
        });
    }
  };
}

/** Every connector has its own keys, as if it were alone in the world. */
function keysOfItsProcess(operation: Write): Break {
  let process = 0;
  return {
    says: /2 records/,
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

function creationBreaks(operation: Write, parallel: number): Breaks {
  return {
    [`${operation}/same-key-creates-once`]: { says: /2 records/, line: keyless },
    [`${operation}/lost-answer-creates-once`]: { says: /2 records/, line: anotherKey },
    [`${operation}/deaf-platform-creates-at-most-once`]: { says: /5 records/, line: anotherKey },
    [`${operation}/another-process-creates-once`]: keysOfItsProcess(operation),
    [`${operation}/parallel-same-key-creates-once`]: { says: new RegExp(`${parallel} records`), line: keyless },
    [`${operation}/another-record-is-created-too`]: { says: /1 records/, line: oneKey },
  };
}

/** Fails for the second time and ever after. */
function onlyOnce(cancel: () => Promise<CancelOutcome>): () => Promise<CancelOutcome> {
  let isDone = false;
  return async () => {
    if (isDone) throw errorOf('platform.conflict');
    isDone = true;
    return cancel();
  };
}

/** After a lost answer it never says anything else again. */
function givingUp(port: 'orders' | 'fulfillments'): Break {
  return despairing({
    says: /threw "write.uncertain"/,
    connector(sound, _platform, isLost) {
      const guarded = async (cancel: () => Promise<CancelOutcome>) => {
        const outcome = await cancel();
        if (isLost()) throw errorOf('write.uncertain');
        return outcome;
      };
      return port === 'orders'
        ? withPort(sound, port, { cancel: (...given) => guarded(() => sound.orders.cancel(...given)) })
        : withPort(sound, port, { cancel: (...given) => guarded(() => sound.fulfillments.cancel(...given)) });
    },
  });
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
  'orders.cancel/is-repeatable': {
    says: /second time, threw "platform.conflict"/,
    connector(sound) {
      const ref = { system: 'toy', kind: 'order', id: '000001' } as const;
      const cancel = onlyOnce(() => sound.orders.cancel(ref, 'customer', { idempotencyKey: 'cancel-1' }));
      return withPort(sound, 'orders', { cancel });
    },
  },
  'orders.cancel/lost-answer-cancels': givingUp('orders'),
  'fulfillments.cancel/is-repeatable': {
    says: /second time, threw "platform.conflict"/,
    connector(sound) {
      const ref = { system: 'toy', kind: 'fulfillment', id: '000001' } as const;
      const cancel = onlyOnce(() => sound.fulfillments.cancel(ref, { idempotencyKey: 'cancel-1' }));
      return withPort(sound, 'fulfillments', { cancel });
    },
  },
  'fulfillments.cancel/lost-answer-cancels': givingUp('fulfillments'),
  'fulfillments.cancel/too-late-is-refused-in-words': {
    says: /answered "canceled" for what has left/,
    connector: (sound) =>
      withPort(sound, 'fulfillments', {
        async cancel(ref, options) {
          await sound.fulfillments.cancel(ref, options);
          return { outcome: 'canceled' };
        },
      }),
  },
  'shipments.confirm/same-key-confirms-once': { says: /threw "record.rejected"/, line: keyless },
  'shipments.confirm/same-key-of-a-part-confirms-once': { says: /threw "record.rejected"|2 units/, line: keyless },
  'shipments.confirm/lost-answer-confirms-once': { says: /2 units/, line: anotherKey },
  'shipments.confirm/a-part-and-then-the-rest': { says: /1 units .* and 2 left/, line: oneKey },
  'shipments.confirm/never-more-than-open': {
    says: /said nothing/,
    connector: (sound) =>
      withPort(sound, 'shipments', {
        async confirm(confirmation, options) {
          try {
            return await sound.shipments.confirm(confirmation, options);
          } catch (error) {
            if (isCommerceError(error, 'record.rejected')) return confirmation.shipment.ref;
            throw error;
          }
        },
      }),
  },
};
