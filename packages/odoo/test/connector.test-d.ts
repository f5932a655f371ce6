import type { Offers, Order } from '@crossdock/core';
import { describe, expectTypeOf, it } from 'vitest';
import * as z from 'zod';
import { odoo, odooClientOf, optionalText, recordId, rowOf, type OdooOptions } from '../src/index.ts';

const options = { url: 'https://erp.example.com', database: 'shop', apiKey: 'k', version: '19' } as const;

describe('what the types promise', () => {
  it('says what is offered, and nothing more', () => {
    const erp = odoo(options);
    expectTypeOf(erp).toExtend<Offers<'orders.create' | 'orders.get' | 'inventory.get' | 'shipments.confirm'>>();
    expectTypeOf<Awaited<ReturnType<typeof erp.orders.get>>>().toEqualTypeOf<Order | undefined>();
    expectTypeOf(erp).toExtend<Offers<'orders.pull' | 'orders.confirm' | 'customers.pull'>>();
    // @ts-expect-error no channel sells through Odoo's own webhooks here
    void erp.notifications.read;
    // @ts-expect-error a write without a key
    void erp.orders.cancel({ system: 'odoo', kind: 'order', id: '1' }, 'customer');
  });

  it('reads rows as their schema says', async () => {
    const client = odooClientOf(options);
    const rows = await client.searchRead('res.partner', rowOf(z.object({ id: recordId, ref: optionalText })), {
      domain: [['ref', '=', 'C-1']],
    });
    expectTypeOf(rows).toEqualTypeOf<{ id: number; ref: string | null }[]>();
    // @ts-expect-error a domain is a list of conditions
    void client.searchRead('res.partner', rowOf(z.object({ id: recordId })), { domain: 'ref = 1' });
  });

  it('refuses a release that is none', () => {
    expectTypeOf<'16'>().not.toExtend<NonNullable<OdooOptions['version']>>();
    // @ts-expect-error no such release
    void (() => odoo({ ...options, version: '16' }));
  });
});
