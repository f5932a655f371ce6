import { describe, expect, it } from 'vitest';
import { fakeOdoo, type OdooVersion } from '@crossdock/testing';
import { at, confirmedOrder, refusal, result, rpc, type Odoo } from './client.ts';

const versions: readonly OdooVersion[] = ['17.0', '18.0', '19.0'];

async function inEach<T>(ask: (odoo: Odoo) => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  for (const version of versions) {
    const odoo = fakeOdoo({ version });
    odoo.state.addProduct({ sku: 'TEE', onHand: 100 });
    answers.push(await ask(odoo));
  }
  return answers;
}

describe('fake Odoo 17, 18 and 19', () => {
  it('compares a write_date with itself: only from 19 on it equals what was read', async () => {
    const answers = await inEach(async (odoo) => {
      const [read] = [await result(odoo, 'res.partner.search_read', [[['name', '=', 'My Company']], ['write_date']])];
      const counts = ['=', '>', '>=', '<='].map((operator) =>
        result(odoo, 'res.partner.search_count', [
          [
            ['name', '=', 'My Company'],
            ['write_date', operator, at(read, 0, 'write_date')],
          ],
        ]),
      );
      return Promise.all(counts);
    });

    expect(answers).toEqual([
      [0, 1, 1, 0],
      [0, 1, 1, 0],
      [1, 0, 1, 1],
    ]);
  });

  it('cancels a confirmed order only in a window before 19', async () => {
    const answers = await inEach(async (odoo) => {
      const order = await confirmedOrder(odoo, { TEE: 1 });
      const answer = await result(odoo, 'sale.order.action_cancel', [[order]]);
      const { state } = odoo.state.saleOrders[0] ?? {};
      const insisted = await result(odoo, 'sale.order.action_cancel', [[order]], {
        context: { disable_cancel_warning: true },
      });
      return [at(answer, 'res_model') ?? answer, state, insisted, odoo.state.saleOrders[0]?.state];
    });

    expect(answers).toEqual([
      ['sale.order.cancel', 'sale', true, 'cancel'],
      ['sale.order.cancel', 'sale', true, 'cancel'],
      [true, 'cancel', true, 'cancel'],
    ]);
  });

  it('refuses a second confirmation in its own words', async () => {
    expect(
      await inEach(async (odoo) =>
        refusal(odoo, 'sale.order.action_confirm', [[await confirmedOrder(odoo, { TEE: 1 })]]),
      ),
    ).toEqual([
      'The following orders are not in a state requiring confirmation: S00001',
      'Some orders are not in a state requiring confirmation.',
      'Some orders are not in a state requiring confirmation.',
    ]);
  });

  it('looks at one warehouse only with the right word in the context, and at all of them with the other', async () => {
    const answers = await inEach(async (odoo) => {
      const west = odoo.state.addWarehouse({ name: 'West', code: 'WEST' });
      const free = (context: { readonly [key: string]: number }) =>
        result(odoo, 'product.product.search_read', [[['default_code', '=', 'TEE']], ['free_qty']], { context });
      return [
        at(await free({ warehouse: west }), 0, 'free_qty'),
        at(await free({ warehouse_id: west }), 0, 'free_qty'),
      ];
    });

    expect(answers).toEqual([
      [0, 100],
      [100, 0],
      [100, 0],
    ]);
  });

  it('names taxes, storable products and returns differently', async () => {
    const answers = await inEach(async (odoo) => {
      const fields = async (model: string) => Object.keys((await result(odoo, `${model}.fields_get`, [])) ?? {});
      const line = await fields('sale.order.line');
      const product = await fields('product.product');
      const old = await rpc(odoo, 'stock.return.picking.create_returns', [[1]]);
      return [
        line.includes('tax_id'),
        line.includes('tax_ids'),
        product.includes('is_storable'),
        at(old, 'error', 'data', 'name'),
      ];
    });

    expect(answers.map((answer) => answer.slice(0, 3))).toEqual([
      [true, false, false],
      [true, false, true],
      [false, true, true],
    ]);
    expect(answers.map((answer) => answer[3])).toEqual([
      'odoo.exceptions.MissingError',
      'builtins.AttributeError',
      'builtins.AttributeError',
    ]);
  });

  it('validates a done transfer again only from 18 on', async () => {
    const answers = await inEach(async (odoo) => {
      await confirmedOrder(odoo, { TEE: 1 });
      odoo.state.ship('S00001');
      const answer = await rpc(odoo, 'stock.picking.button_validate', [[odoo.state.pickings[0]?.id]]);
      return at(answer, 'result') ?? at(answer, 'error', 'data', 'message');
    });

    expect(answers).toEqual([
      'You cannot validate a transfer if no quantities are reserved. To force the transfer, encode quantities.',
      true,
      true,
    ]);
  });

  it('answers find_or_create with a number before 19 and a list since', async () => {
    const answers = await inEach((odoo) => result(odoo, 'res.partner.find_or_create', ['Bob <bob@example.com>']));

    expect(answers.map((answer) => Array.isArray(answer))).toEqual([false, false, true]);
  });

  it('says what is wrong with a field in its own words', async () => {
    const answers = await inEach(async (odoo) => [
      await refusal(odoo, 'res.partner.create', [{ nope: 1 }]),
      await refusal(odoo, 'res.partner.search_read', [[], ['nope']]),
      await refusal(odoo, 'res.partner.nope', [[]]),
      await refusal(odoo, 'res.partner._write', [[]]),
    ]);

    expect(answers).toEqual([
      [
        "Invalid field 'nope' on model 'res.partner'",
        "Invalid field 'nope' on model 'res.partner'",
        "The method 'nope' does not exist on the model 'res.partner'",
        'Private methods (such as _write) cannot be called remotely.',
      ],
      [
        "Invalid field 'nope' on model 'res.partner'",
        "Invalid field 'nope' on model 'res.partner'",
        "The method 'res.partner.nope' does not exist",
        "Private methods (such as 'res.partner._write') cannot be called remotely.",
      ],
      [
        "Invalid field 'nope' in 'res.partner'",
        "Invalid field 'nope' on 'res.partner'",
        "The method 'res.partner.nope' does not exist",
        "Private methods (such as 'res.partner._write') cannot be called remotely.",
      ],
    ]);
  });
});

it('is no release that nothing is known of', () => {
  const named: string = '16.0';
  // What arrives from JavaScript has no type.
  expect(() => fakeOdoo({ version: named as OdooVersion })).toThrow('"17.0", "18.0" and "19.0"');
});
