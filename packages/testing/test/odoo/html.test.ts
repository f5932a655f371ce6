import { fakeOdoo } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { at, call } from './client.ts';

/** What was written into a note, and what was read back. Ours, of Odoo 19.0, 2026-11-26. */
const recorded: readonly (readonly [written: string, read: string])[] = [
  ['n5', '<p>n5</p>'],
  ['a & b', '<p>a &amp; b</p>'],
  ['a\nb', '<p>a\nb</p>'],
  ['a < b', '<p>a &lt; b</p>'],
  ['<p>x</p>', '<p>x</p>'],
  ['<div>x</div>', '<div>x</div>'],
  ['x<br>y', '<p>x<br>y</p>'],
  ['', ''],
  ['   ', ''],
  [' pad ', '<p>pad </p>'],
  ['<p>a</p><p>b</p>', '<p>a</p><p>b</p>'],
  ['<span>a</span>', '<span>a</span>'],
  ['<script>alert(1)</script>z', '<p>z</p>'],
  ['it\'s "q"', '<p>it\'s "q"</p>'],
  ['<p class="k" data-x="1">x</p>', '<p class="k" data-x="1">x</p>'],
  ['<!-- c -->t', '<p>t</p>'],
  ['https://shop.example/z?a=1&b=2', '<p>https://shop.example/z?a=1&amp;b=2</p>'],
  ['&amp;', '<p>&amp;</p>'],
];

describe('notes', () => {
  it.each(recorded)('keeps %j as %j', async (written, read) => {
    const odoo = fakeOdoo();
    const partner_id = odoo.state.addPartner({ name: 'Jane' });
    const made = await call(odoo, 'sale.order.create', { vals_list: { partner_id, note: written } });
    const order = await call(odoo, 'sale.order.read', { ids: [at(made.body, 0)], fields: ['note'] });

    expect(at(order.body, 0, 'note')).toBe(read);
  });

  it('finds a note by its words and not by what was written', async () => {
    const odoo = fakeOdoo();
    const partner_id = odoo.state.addPartner({ name: 'Jane' });
    const made = await call(odoo, 'sale.order.create', { vals_list: { partner_id, note: 'mark-1' } });
    const found = async (operator: string, value: string) =>
      (await call(odoo, 'sale.order.search', { domain: [['note', operator, value]] })).body;

    expect(await found('=', 'mark-1')).toEqual([]);
    expect(await found('=', '<p>mark-1</p>')).toEqual(made.body);
    expect(await found('like', 'mark-1')).toEqual(made.body);
  });
});
