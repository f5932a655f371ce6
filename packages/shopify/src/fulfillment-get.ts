import type { FulfillmentOrder, ReadOptions, Ref } from '@crossdock/core';
import { isIdOf } from './order-id.ts';
import type { RecordReader } from './records-by-id.ts';

const operation = 'fulfillments.get';

export function fulfillmentGet(reader: RecordReader<FulfillmentOrder>, { system }: { readonly system: string }) {
  return async function get(
    ref: Ref<'fulfillment'>,
    { lane, signal }: ReadOptions = {},
  ): Promise<FulfillmentOrder | undefined> {
    if (!isIdOf('FulfillmentOrder', ref, system)) return undefined;
    return reader.one(ref.id, { operation, lane, signal });
  };
}
