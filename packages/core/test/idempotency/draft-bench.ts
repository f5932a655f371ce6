import { CommerceError, defineConnector, idempotentWrite, isCommerceError } from '@crossdock/core';
import type { IdempotentWriteOptions, OrderDraft, Stores, WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import type { TestClock } from '../../../testing/src/index.ts';

const resultSchema = z.object({ id: z.string() });
export type Made = z.infer<typeof resultSchema>;

/** What somebody who asks for a write gets: what the other system gave, or the code of our refusal. */
export type Answer = Made | { readonly refused: string };

export const hour = 3_600_000;

/** A shop of one write, made under a key by whoever asks. */
export function draftBench(stores: Stores, clock: TestClock) {
  const made: string[] = [];
  const make = async (): Promise<Made> => ({ id: `S-${made.push('order')}` });

  /** Asks for the write. */
  async function ask(rest: Partial<IdempotentWriteOptions<Made>> = {}): Promise<Answer> {
    const work = idempotentWrite<Made>({
      store: stores.idempotency,
      clock,
      key: 'order-1042',
      request: { number: '1042', lines: ['TEE'] },
      leaseMs: 60_000,
      result: resultSchema,
      send: make,
      ...rest,
    });
    return answerOf(work);
  }

  /** The same through a connector, with whatever JavaScript hands it for a key. */
  async function askConnector(idempotencyKey: unknown): Promise<Answer> {
    const connector = defineConnector({
      platform: 'paper',
      apiVersion: '1',
      system: 'erp',
      ports: {
        orders: {
          async create(_draft: OrderDraft, _options: WriteOptions) {
            const { id } = await make();
            return { system: 'erp', kind: 'order' as const, id };
          },
        },
      },
      traits: { 'orders.create': { duplicateGuard: 'native-key', keyValidMs: Number.POSITIVE_INFINITY } },
      check: async () => {},
      usage: () => [],
    });
    // A draft that nobody reads, and a key that the compiler would not let through.
    const work = connector.orders.create({} as OrderDraft, { idempotencyKey } as WriteOptions);
    return answerOf(work.then(({ id }) => ({ id })));
  }

  /** Somebody is at it: has sent it, and waits for the answer. */
  async function begin() {
    const sent = Promise.withResolvers<void>();
    const end = Promise.withResolvers<Made>();
    const first = ask({
      send() {
        sent.resolve();
        return end.promise;
      },
    });
    await sent.promise;
    return {
      async finish() {
        end.resolve(await make());
        return first;
      },
    };
  }

  /** A process begins the write, and is no more. */
  async function die(): Promise<void> {
    const unheard = new Promise<'renewed'>(() => {});
    const store = { ...stores.idempotency, renew: () => unheard };
    const sent = Promise.withResolvers<void>();
    void ask({
      store,
      send() {
        sent.resolve();
        return new Promise(() => {});
      },
    });
    await sent.promise;
  }

  return {
    clock,
    ask,
    askConnector,
    begin,
    die,
    /** How often the other system was changed. */
    times: () => made.length,
  };
}
export type DraftBench = ReturnType<typeof draftBench>;

async function answerOf(work: Promise<Made>): Promise<Answer> {
  try {
    return await work;
  } catch (error) {
    if (isCommerceError(error)) return { refused: error.code };
    throw error;
  }
}

/** The other system says no, and did nothing. */
export async function refuse(): Promise<Made> {
  throw new CommerceError({ code: 'stock.insufficient', message: 'None is left.' });
}

/** The write went out, and no answer came. */
export async function loseAnswer(): Promise<Made> {
  throw new CommerceError({ code: 'write.uncertain', message: 'No answer came.' });
}
