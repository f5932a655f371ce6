import { isCommerceError, type ErrorCode, type Ref } from '@crossdock/core';
import * as z from 'zod';
import type { ToyConnector } from '../toy/connector.ts';
import type { Toy } from '../toy/state.ts';
import type { Toys } from '../toy/scenes.ts';
import { cancelBreaks, givingUp, lateCancelBreaks, neverAmongOthers, onlyOnce } from './cancels.ts';
import {
  errorOf,
  withChange,
  withPort,
  withWrite,
  type Break,
  type Broken,
  type Breaks,
  type Change,
  type Creation,
} from './flaw.ts';
import { anotherKey, creationBreaks, keyless, oneKey } from './writes.ts';

/** Takes another key and another reference for every attempt. */
const anotherReference: NonNullable<Break['line']> = (fetch) => {
  let attempt = 0;
  const renamed = async (input: Parameters<typeof fetch>[0], init?: RequestInit) => {
    const request = new Request(input, init);
    if (request.method !== 'POST') return fetch(request);
    const given = z.looseObject({ reference: z.string().default('') }).parse(await request.clone().json());
    const body = JSON.stringify({ ...given, reference: `${given.reference}/${++attempt}` });
    const { headers, signal } = request;
    return fetch(new Request(request.url, { method: 'POST', headers, body, signal }));
  };
  return anotherKey(renamed);
};

/** The connector that takes one refusal of a write for a success. */
function obliging(operation: Creation, code: ErrorCode): Broken {
  return (sound) =>
    withWrite(sound, operation, (write) => async (draft, options) => {
      try {
        return await write(draft, options);
      } catch (error) {
        if (!isCommerceError(error, code)) throw error;
        return { system: 'toy', kind: 'order', id: '000001' };
      }
    });
}

/** The connector after whose write something happens at the platform to the record that it answers with. */
function followedBy(operation: Creation, change: (record: Toy, platform: Toys) => void): Broken {
  return (sound, platform) =>
    withWrite(sound, operation, (write) => async (draft, options) => {
      const answer = await write(draft, options);
      // Each of these operations answers with a reference.
      const { id } = answer as Ref;
      const record = platform.state.tables[operation.split('.')[0] ?? '']?.get(id);
      if (record) change(record, platform);
      return answer;
    });
}

function officeCreationBreaks(operation: Creation): Breaks {
  return {
    ...creationBreaks(operation, 8),
    [`${operation}/another-content-under-its-key-is-refused`]: { says: /under the same key ended well/, line: keyless },
  };
}

/**
 * The connector, on a platform that makes a record of every attempt: of each repetition on the line, and of each call after
 * the first. Where too much is refused, no forgotten key alone can show that.
 */
function makingAgain(operation: Creation): Broken {
  const calls = new WeakMap<Toys, number>();
  return (sound, platform) =>
    withWrite(sound, operation, (write) => async (draft, options) => {
      const call = (calls.get(platform) ?? 0) + 1;
      calls.set(platform, call);
      const before = platform.journal.all.length;
      try {
        return await write(draft, options);
      } finally {
        const attempts = call > 1 ? 2 : platform.journal.all.length - before;
        for (let again = 1; again < attempts; again++) platform.state.add(operation.split('.')[0] ?? '');
      }
    });
}

function refusedTwiceBreaks(operation: Creation): Breaks {
  const connector = makingAgain(operation);
  return {
    ...officeCreationBreaks(operation),
    [`${operation}/deaf-platform-creates-at-most-once`]: { says: /5 records/, connector },
    [`${operation}/parallel-same-key-creates-once`]: { says: /\d\d? records .* 8 callers/, connector },
  };
}

/** Where the platform refuses what is too much, a repetition ends so. */
const twice = /threw "record\.rejected"|[2-8] units are booked/;

function bookingBreaks(operation: Creation): Breaks {
  return {
    [`${operation}/same-key-books-once`]: { says: twice, line: keyless },
    [`${operation}/parallel-same-key-books-once`]: { says: twice, line: keyless },
    [`${operation}/lost-answer-books-once`]: { says: twice, line: anotherKey },
    [`${operation}/a-part-and-then-the-rest`]: { says: /threw "key\.reused"|1 units are booked/, line: oneKey },
    [`${operation}/another-content-under-its-key-is-refused`]: {
      says: /under the same key (ended well|was refused as "record\.rejected")/,
      line: keyless,
    },
  };
}

function confirmingBreaks(operation: Extract<Change, `${string}.confirm`>): Breaks {
  return {
    [`${operation}/confirms-a-draft`]: {
      says: /is at (0 units reserved|no number) after/,
      connector: (sound: ToyConnector) => withChange(sound, operation, () => async (ref) => ref),
    },
    [`${operation}/what-is-confirmed-stays-as-it-is`]: {
      says: /called again with its key, threw "platform.conflict"/,
      connector: (sound: ToyConnector) => withChange(sound, operation, onlyOnce),
    },
    [`${operation}/lost-answer-confirms-once`]: {
      ...givingUp(operation),
    },
    [`${operation}/parallel-same-key-confirms-once`]: {
      says: /failed for all of the 8/,
      connector: (sound: ToyConnector) => withChange(sound, operation, neverAmongOthers()),
    },
  };
}

/** The connector that finds nothing by throwing, as a platform would. */
function missing(port: 'returns' | 'invoices' | 'purchases'): Broken {
  return (sound) =>
    withPort(sound, port, {
      async get(...given: Parameters<(typeof sound)['returns']['get']>) {
        const get = sound[port].get as (...all: typeof given) => Promise<unknown>;
        const found = await get(...given);
        if (found === undefined) throw errorOf('record.missing');
        return found;
      },
    } as never);
}

/** The connector that calls a record otherwise when it is asked for it. */
function renaming(port: 'returns' | 'invoices' | 'purchases'): Broken {
  return (sound) =>
    withPort(sound, port, {
      async get(...given: Parameters<(typeof sound)['returns']['get']>) {
        const get = sound[port].get as (...all: typeof given) => Promise<object | undefined>;
        const found = await get(...given);
        return found && { ...found, number: 'another one' };
      },
    } as never);
}

function getBreaks(port: 'returns' | 'invoices' | 'purchases', subject: string): Breaks {
  return {
    [`${port}.get/an-unknown-${subject}-is-undefined`]: { says: /threw "record.missing"/, connector: missing(port) },
    [`${port}.get/says-the-same-as-pull`]: { says: /differs by .* in number/, connector: renaming(port) },
  };
}

export const officeBreaks: Breaks = {
  ...refusedTwiceBreaks('returns.create'),
  ...refusedTwiceBreaks('refunds.create'),
  ...refusedTwiceBreaks('invoices.create'),
  ...refusedTwiceBreaks('payments.create'),
  ...officeCreationBreaks('purchases.create'),
  ...bookingBreaks('returns.confirm'),
  ...bookingBreaks('receipts.confirm'),
  ...confirmingBreaks('orders.confirm'),
  ...confirmingBreaks('invoices.confirm'),
  ...cancelBreaks('purchases.cancel'),
  ...lateCancelBreaks('purchases.cancel', 'has arrived'),
  ...getBreaks('returns', 'return'),
  ...getBreaks('invoices', 'invoice'),
  ...getBreaks('purchases', 'purchase'),
  'returns.create/never-more-than-was-shipped': {
    says: /of one unit more than was shipped ended well/,
    connector: obliging('returns.create', 'record.rejected'),
  },
  'returns.create/what-is-on-its-way-back-does-not-come-back-again': {
    says: /on their way back already ended well/,
    connector: obliging('returns.create', 'record.rejected'),
  },
  'returns.confirm/only-what-is-restocked-is-sold-again': {
    says: /1 units more are for sale after .*quarantine/,
    connector: (sound) =>
      withPort(sound, 'returns', {
        confirm: (receipt, options) => {
          const lines = receipt.lines.map((line) => ({ ...line, disposition: 'restock' as const }));
          return sound.returns.confirm({ ...receipt, lines }, options);
        },
      }),
  },
  'receipts.confirm/never-more-than-open': {
    says: /one unit more than is open ended well/,
    connector: obliging('receipts.confirm', 'record.rejected'),
  },
  'receipts.confirm/damaged-goods-have-arrived-too': {
    says: /1 units are booked there; 2 arrived/,
    connector: (sound) =>
      withPort(sound, 'receipts', {
        confirm: (receipt, options) => {
          const lines = receipt.lines.map((line) => ({ ...line, received: line.received - line.damaged }));
          return sound.receipts.confirm({ ...receipt, lines }, options);
        },
      }),
  },
  'refunds.create/another-sum-is-a-mismatch': {
    says: /than its lines come to ended well/,
    connector: obliging('refunds.create', 'totals.mismatch'),
  },
  'refunds.create/never-more-than-was-billed': {
    says: /a hundred times what was billed ended well/,
    connector: obliging('refunds.create', 'record.rejected'),
  },
  'refunds.create/comes-out-of-pull': {
    says: /A refund of goods does not come out/,
    connector: (sound) =>
      withPort(sound, 'refunds', {
        async *pull(...given) {
          for await (const page of sound.refunds.pull(...given)) yield { ...page, items: [] };
        },
      }),
  },
  'invoices.create/makes-a-draft-of-the-expected-total': {
    says: /is final, and nobody confirmed it/,
    connector: followedBy('invoices.create', (bill) => (bill.status = 'final')),
  },
  'invoices.create/another-total-is-a-mismatch': {
    says: /less than is expected ended well/,
    connector: obliging('invoices.create', 'totals.mismatch'),
  },
  'invoices.readiness/an-unknown-order-is-undefined': {
    says: /threw "record.missing"/,
    connector: (sound) =>
      withPort(sound, 'invoices', {
        async readiness(...given) {
          const found = await sound.invoices.readiness(...given);
          if (found === undefined) throw errorOf('record.missing');
          return found;
        },
      }),
  },
  'invoices.readiness/what-is-shipped-can-be-billed': {
    says: /names nothing to bill/,
    connector: readiness((found) => ({ ...found, lines: [] })),
  },
  'invoices.readiness/says-why-nothing-can-be-billed': {
    says: /names nothing of an order which is a draft, not "not-confirmed"/,
    connector: readiness((found) => ({ ...found, obstacles: [] })),
  },
  'invoices.readiness/a-bill-leaves-nothing-to-bill': {
    says: /does not name "\d+", which is the bill/,
    connector: readiness((found) => ({ ...found, invoices: [] })),
  },
  'payments.create/a-part-and-then-the-rest-settles': {
    says: /is due after 1\.00 was paid/,
    connector: followedBy('payments.create', ({ of = '', counts }, { state }) => {
      const bill = state.tables['invoices']?.get(of);
      if (bill) bill.counts['due'] = (bill.counts['due'] ?? 0) + (counts['pence'] ?? 0);
    }),
  },
  'payments.create/never-more-than-is-due': {
    says: /more than is due ended well/,
    connector: obliging('payments.create', 'record.rejected'),
  },
  'payments.create/one-transaction-pays-once': {
    says: /is due after payments\.create of the same transaction/,
    line: anotherReference,
  },
  'payments.create/lost-answer-settles-once': { says: /is due after answer 1 was lost/, line: anotherReference },
  'purchases.create/its-goods-are-expected-whatever-answer-is-lost': {
    says: /0 units are expected after/,
    connector: followedBy('purchases.create', ({ counts }) => (counts['expected'] = 0)),
  },
};

type Readiness = NonNullable<Awaited<ReturnType<Parameters<Broken>[0]['invoices']['readiness']>>>;

function readiness(change: (found: Readiness) => Readiness): Broken {
  return (sound) =>
    withPort(sound, 'invoices', {
      async readiness(...given) {
        const found = await sound.invoices.readiness(...given);
        return found && change(found);
      },
    });
}
