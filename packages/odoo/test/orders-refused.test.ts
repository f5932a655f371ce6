import { isCommerceError, type CommerceError, type CustomerDraft, type OrderDraft } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { odooImport, type OdooOptions } from '../src/index.ts';
import { aDraft, aLine, aTax } from './drafts.ts';
import { aWorld, versions } from './world.ts';

type World = ReturnType<typeof aWorld>;
const key = { idempotencyKey: 'shop/order 5001#create' };

function draftFor(world: World, change: Partial<OrderDraft> = {}): OrderDraft {
  return aDraft({ lines: [aLine({ sku: 'TEE', quantity: 2, price: '19.99' })], customer: world.customer, ...change });
}

async function refusalOf(write: Promise<unknown>): Promise<CommerceError> {
  const outcome = await write.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (isCommerceError(outcome)) return outcome;
  throw new Error('It was not refused.', { cause: outcome });
}

async function imported(world: World, change: Partial<OdooOptions>, drafts: readonly OrderDraft[]) {
  const items = drafts.map((draft) => ({
    draft,
    customer: world.customer,
    idempotencyKey: `import-${draft.source.id}`,
  }));
  return odooImport({ ...world.options, ...change }).orders(items);
}

describe.each(versions)('an order that Odoo %s refuses', (version) => {
  it.each([
    ['a sales team', { team: 999 }, 'team_id', 'crm.team', 'odoo({ team })'],
    ['a warehouse', { warehouse: 999 }, 'warehouse_id', 'stock.warehouse', 'odoo({ warehouse })'],
    ['a price list', { pricelists: { EUR: 999 } }, 'pricelist_id', 'product.pricelist', 'odoo({ pricelists })'],
  ])('for %s that is not there says which order, which field and which option', async (...given) => {
    const [, wrong, field, relation, option] = given;
    const world = aWorld(version);
    const draft = draftFor(world);
    for (const error of [
      await refusalOf(world.connect(wrong).orders.create(draft, key)),
      (await imported(world, wrong, [draft])).map((one) => (one.ok ? undefined : one.error))[0],
    ]) {
      expect(error).toMatchObject({ code: 'record.rejected', refs: [draft.source], details: { field, relation } });
      expect(error?.message).toContain(`Order "${draft.number}" was not created in "odoo".`);
      expect(error?.message).toContain(`of "${field}", where it found no such "${relation}"`);
      expect(error?.message).toContain(option);
    }
    expect(world.state.saleOrders).toEqual([]);
  });

  it('for a tax that is not there names the option of taxes', async () => {
    const world = aWorld(version);
    const wrong = { taxes: [{ rate: '0.2', included: true, tax: 999 }] };
    const line = aLine({ sku: 'TEE', quantity: 1, price: '12.00', taxes: [aTax('0.2', '2.00')] });
    const draft = draftFor(world, { taxesIncluded: true, lines: [line] });
    const error = await refusalOf(world.connect(wrong).orders.create(draft, key));
    expect(error).toMatchObject({ details: { field: 'order_line', relation: 'account.tax' } });
    expect(error.message).toContain('odoo({ taxes })');
  });

  it('is made under the same key as soon as the option is right, and once', async () => {
    const world = aWorld(version);
    const draft = draftFor(world);
    const wrong = world.connect({ team: 999 });
    for (let attempts = 0; attempts < 2; attempts++)
      expect(await refusalOf(wrong.orders.create(draft, key))).toMatchObject({ code: 'record.rejected' });
    const ref = await world.erp.orders.create(draft, key);
    expect(await world.erp.orders.create(draft, key)).toEqual(ref);
    expect(world.state.saleOrders).toMatchObject([{ id: Number(ref.id), state: 'sale' }]);
  });

  it('stops no other of a batch, and is imported as soon as the option is right', async () => {
    const world = aWorld(version);
    const drafts = ['1', '2', '3'].map((id) =>
      draftFor(world, { number: `#${id}`, source: { system: id === '2' ? 'bad' : 'shop', kind: 'order', id } }),
    );
    const first = await imported(world, { channels: { bad: { team: 999 } } }, drafts);
    expect(first.map((one) => one.ok || one.error.code)).toEqual([true, 'record.rejected', true]);
    const second = await imported(world, {}, drafts);
    expect(second.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(world.state.saleOrders).toHaveLength(3);
  });

  it.each(['orders.create', 'a batch'])('for a missing right says which order and which group, by %s', async (way) => {
    const world = aWorld(version);
    world.state.addUser({ login: 'warehouse', apiKey: 'their-key', groups: ['stock.group_stock_user'] });
    const theirs = { login: 'warehouse', apiKey: 'their-key' };
    const draft = draftFor(world);
    const [outcome] = way === 'a batch' ? await imported(world, theirs, [draft]) : [];
    const error = outcome
      ? !outcome.ok && outcome.error
      : await refusalOf(world.connect(theirs).orders.create(draft, key));
    expect(error).toMatchObject({ code: 'access.denied', refs: [draft.source] });
    expect(error && error.message).toContain(`Order "${draft.number}" was not created in "odoo".`);
    expect(error && error.message).toContain('the group "Sales / User: All Documents"');
  });

  it('because another person has it, of whose orders the user sees none, is not made twice', async () => {
    const world = aWorld(version);
    const draft = draftFor(world);
    const ref = await world.erp.orders.create(draft, key);
    const groups = ['sales_team.group_sale_salesman', 'base.group_partner_manager', 'base.group_user'];
    world.state.addUser({ login: 'own', apiKey: 'own-key', groups });
    const [boss] = world.state.records('res.users');
    world.state.change('sale.order', Number(ref.id), { user_id: boss?.['id'] ?? 1 });
    const before = world.state.saleOrders;
    const own = world.connect({ login: 'own', apiKey: 'own-key' });
    const error = await refusalOf(own.orders.create(draft, key));
    expect(error).toMatchObject({ code: 'link.conflict', refs: [draft.source] });
    // Who gives an old connector another module has each of its orders a second time.
    expect(error.message).toContain('one that has made orders keeps "crossdock"');
    expect(world.state.saleOrders).toEqual(before);
  });
});

describe.each(versions)('a customer of Odoo %s', (version) => {
  const mailbox = 'zoe.archived@example.com';
  const draft: CustomerDraft = { name: 'Zoë', email: mailbox, accountNumber: mailbox, shippingAddresses: [] };

  it('who was archived is found by its key, and told as archived to another', async () => {
    const world = aWorld(version);
    const ref = await world.erp.customers.create(draft, { idempotencyKey: 'one' });
    world.state.change('res.partner', Number(ref.id), { active: false });
    const loads = () => world.platform.journal.all.filter(({ operation }) => operation === 'res.partner.load').length;
    const before = loads();
    expect(await world.erp.customers.create(draft, { idempotencyKey: 'one' })).toEqual(ref);
    expect(loads()).toBe(before);
    const error = await refusalOf(world.erp.customers.create({ ...draft, name: 'Zoe' }, { idempotencyKey: 'two' }));
    expect(error).toMatchObject({ code: 'record.duplicate', refs: [ref] });
    expect(error.message).toContain('who is archived');
    expect(JSON.stringify([error.message, error.details])).not.toMatch(/zoe|archived_40|archived@/i);
  });

  it('of another company is refused, is left as it is and told without the mailbox', async () => {
    const world = aWorld(version);
    const ref = await world.erp.customers.create(draft, { idempotencyKey: 'one' });
    const company = world.state.addCompany({ name: 'Second Ltd', warehouse: { name: 'Second', code: 'TWO' } });
    world.state.change('res.partner', Number(ref.id), { company_id: company });
    const before = world.state.partners;
    const error = await refusalOf(world.erp.customers.create({ ...draft, name: 'Zoe' }, { idempotencyKey: 'two' }));
    expect(error).toMatchObject({ code: 'access.denied' });
    expect(error.message).toContain('a contact of its account number');
    expect(JSON.stringify([error.message, error.details])).not.toMatch(/zoe|archived_40|archived@/i);
    expect(world.state.partners).toEqual(before);
  });
});
