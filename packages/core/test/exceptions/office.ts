import {
  CommerceError,
  defineConnector,
  type ErrorCode,
  type ItemOutcome,
  type OrderDraft,
  type Ref,
  type StockUpdate,
  type WriteOptions,
} from '@crossdock/core';
import { order } from '../flows/shop.ts';

/** A back office that remembers what it was sent and asked for, and fails where it is told to. */
export function office() {
  const sent: { readonly operation: string; readonly key: string; readonly request: unknown }[] = [];
  const reads: string[] = [];
  /** By the last part of a write's key, by SKU, or `reading`. */
  const broken = new Map<string, ErrorCode>();
  const failure = (what: string) => {
    const code = broken.get(what);
    return code && new CommerceError({ code, message: `"${what}" did not work.` });
  };
  const failIf = (what: string) => {
    const error = failure(what);
    if (error) throw error;
  };
  const connector = defineConnector({
    platform: 'ledger',
    apiVersion: '1',
    system: 'erp',
    ports: {
      orders: {
        async create(draft: OrderDraft, { idempotencyKey: key }: WriteOptions): Promise<Ref<'order'>> {
          sent.push({ operation: 'orders.create', key, request: draft });
          failIf(key.split('/').at(-1) ?? '');
          return { system: 'erp', kind: 'order', id: `S-${key.split('/').at(-1)}` };
        },
        async get(ref: Ref<'order'>) {
          reads.push(ref.id);
          await turns(20);
          failIf('reading');
          return order(ref.id);
        },
      },
      inventory: {
        async push(
          updates: readonly StockUpdate[],
          { idempotencyKey: key }: WriteOptions,
        ): Promise<readonly ItemOutcome<StockUpdate>[]> {
          sent.push({ operation: 'inventory.push', key, request: updates });
          return updates.map((item) => {
            const error = failure(item.sku);
            return error ? { ok: false, item, error } : { ok: true, item };
          });
        },
      },
    },
    traits: {
      'orders.create': { duplicateGuard: 'native-key', keyValidMs: 86_400_000 },
      'inventory.push': { compareAndSet: true, maxBatch: 100 },
    },
    check: async () => {},
    usage: () => [],
  });
  return { connector, sent, reads, broken };
}

/** Lets so many turns of the event loop go by. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await crypto.subtle.digest('SHA-256', new Uint8Array());
}
