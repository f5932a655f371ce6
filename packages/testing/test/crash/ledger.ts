import { CommerceError, defineConnector, type OrderDraft, type Ref, type WriteOptions } from '@crossdock/core';
import type { CrashPlatform } from '@crossdock/testing/crash';
import * as z from 'zod';

const origin = 'https://ledger.example';
const bookedSchema = z.object({ number: z.string(), key: z.string() });
const answerSchema = z.object({ number: z.string() });

/**
 * A back office outside: books an order once for each key that it is given. Asked at "/strict" it refuses a key that it
 * knows, and does not say what became of it.
 */
export function ledger() {
  const entries: { readonly number: string; readonly key: string }[] = [];
  return {
    origin,
    state: { entries },
    async fetch(input: string | URL | Request, init?: RequestInit) {
      const request = new Request(input, init);
      const { number, key } = bookedSchema.parse(await request.json());
      const isKnown = entries.some((entry) => entry.key === key);
      if (isKnown && request.url.endsWith('/strict')) return new Response('known', { status: 409 });
      if (!isKnown) entries.push({ number, key });
      return Response.json({ number });
    },
  } satisfies CrashPlatform;
}

/** Books an order by hand, past every connector. */
export async function book(
  fetch: typeof globalThis.fetch,
  number: string,
  key: string,
  path = 'entries',
): Promise<void> {
  const response = await fetch(`${origin}/${path}`, { method: 'POST', body: JSON.stringify({ number, key }) });
  answerSchema.parse(await response.json());
}

/** How the connector makes a booking. Default under the key that it is given, and a lost answer is said to be one. */
export type Booking = (fetch: typeof globalThis.fetch, number: string, key: string) => Promise<void>;

export function ledgerConnector(fetch: typeof globalThis.fetch, booking: Booking = book) {
  return defineConnector({
    platform: 'ledger',
    apiVersion: '1',
    system: 'ledger',
    ports: {
      orders: {
        async create({ number }: OrderDraft, { idempotencyKey }: WriteOptions): Promise<Ref<'order'>> {
          try {
            await booking(fetch, number, idempotencyKey);
          } catch (cause) {
            throw new CommerceError({
              code: 'write.uncertain',
              message: `Order "${number}" may be in "ledger": no answer came. Look there, then replay.`,
              system: 'ledger',
              cause,
            });
          }
          return { system: 'ledger', kind: 'order', id: `S-${number}` };
        },
      },
    },
    traits: { 'orders.create': { duplicateGuard: 'native-key', keyValidMs: Number.POSITIVE_INFINITY } },
    check: async () => {},
    usage: () => [],
  });
}
