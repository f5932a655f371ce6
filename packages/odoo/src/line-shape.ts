import type { WriteOptions } from '@crossdock/core';
import type { Connection } from './connection.ts';
import type { LineShape } from './order-table.ts';

/** What lines look like here, from the release and the installed modules. */
export async function lineShape({ client }: Connection, options: WriteOptions): Promise<LineShape> {
  const fields = await client.fieldsGet('sale.order.line', options);
  return {
    taxField: Object.hasOwn(fields, 'tax_ids') ? 'tax_ids' : 'tax_id',
    marksDelivery: Object.hasOwn(fields, 'is_delivery'),
  };
}
