import { describe, expect, it } from 'vitest';
import { openShop, type Answer } from './shop.ts';

const mailsOf = ({ body }: Answer) => (body as readonly { readonly email: string }[]).map(({ email }) => email); // a list of customers
const code = ({ status, body }: Answer) => [status, (body as { readonly code: string }).code]; // a refusal

describe('customers', () => {
  it('have one account each by e-mail address, in upper or lower case, and nobody hears whose it is', async () => {
    const { state, call } = openShop();
    state.addCustomer({ email: 'anna@example.test' });
    const refused = await call('POST', 'customers', { email: 'ANNA@example.test' });
    expect(code(refused)).toEqual([400, 'registration-error-email-exists']);
    expect(refused.body).toMatchObject({ data: { status: 400 } });
    expect(refused.body).not.toHaveProperty('data.resource_id');
    expect(() => state.addCustomer({ email: 'Anna@example.test' })).toThrow(RangeError);
    state.addCustomer({ email: 'Carl@example.test' });
    const carl = await call('POST', 'customers', { email: 'carl@example.test' });
    expect(code(carl)).toEqual([400, 'registration-error-email-exists']);
    const other = state.addCustomer({ email: 'bert@example.test' });
    const moved = await call('PUT', `customers/${other.id}`, { email: 'anna@example.test' });
    expect(code(moved)).toEqual([400, 'woocommerce_rest_customer_invalid_email']);
    expect(state.customer('BERT@example.test')?.id).toBe(other.id);
  });

  it('lose their address to the next one when they go', async () => {
    const { state, call } = openShop();
    const { id } = state.addCustomer({ email: 'anna@example.test' });
    expect(code(await call('DELETE', `customers/${id}`))).toEqual([501, 'woocommerce_rest_trash_not_supported']);
    expect((await call('DELETE', `customers/${id}?force=true`)).status).toBe(200);
    expect((await call('POST', 'customers', { email: 'anna@example.test' })).status).toBe(201);
  });

  it('get a name of their e-mail address, with a number where that is taken', async () => {
    const { state, call } = openShop();
    state.addCustomer({ email: 'anna@one.test' });
    state.addCustomer({ email: 'anna@two.test' });
    const names = state.customers.map(({ username }) => username);
    expect(names.slice(0, 2)).toEqual(['admin', 'anna']);
    expect(names[2]).toMatch(/^anna-\d{4}$/);
    const taken = await call('POST', 'customers', { email: 'x@three.test', username: 'anna' });
    expect(code(taken)).toEqual([400, 'registration-error-username-exists']);
  });

  it('are not asked when they changed', async () => {
    const { state, call, clock } = openShop();
    state.addCustomer({ email: 'anna@example.test' });
    await clock.advance(3_600_000);
    expect(mailsOf(await call('GET', 'customers?modified_after=2026-11-23T12:30:00Z'))).toEqual(['anna@example.test']);
  });

  it('are found by role, address and name', async () => {
    const { state, call } = openShop();
    state.addCustomer({ email: 'anna@example.test', lastName: 'Berg' });
    state.addCustomer({ email: 'bert@example.test' });
    expect(mailsOf(await call('GET', 'customers?search=berg'))).toEqual(['anna@example.test']);
    expect(mailsOf(await call('GET', 'customers?email=admin@example.test'))).toEqual([]);
    expect(mailsOf(await call('GET', 'customers?email=ADMIN@example.test&role=all'))).toEqual(['admin@example.test']);
    expect((await call('GET', 'customers?email=nobody')).status).toBe(400);
    expect((await call('GET', 'customers?orderby=modified')).status).toBe(400);
  });

  it('lend their e-mail address to an order of theirs, and nothing else', async () => {
    const { state, call } = openShop();
    const { id } = state.addCustomer({ email: 'anna@example.test', billing: { city: 'Berlin' } });
    const { body } = await call('POST', 'orders', { customer_id: id });
    expect(body).toMatchObject({ customer_id: id, billing: { email: 'anna@example.test', city: '' } });
    const guest = await call('POST', 'orders', { billing: { email: 'anna@example.test' } });
    expect(guest.body).toMatchObject({ customer_id: 0 });
  });

  it('are told to change a password that they did not choose', async () => {
    const { call } = openShop();
    const { body } = await call('POST', 'customers', { email: 'anna@example.test' });
    expect(body).toMatchObject({ meta_data: [{ key: 'default_password_nag', value: '1' }] });
  });
});
