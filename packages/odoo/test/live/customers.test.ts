import { customerSchema, type CustomerDraft } from '@crossdock/core';
import { expect, it } from 'vitest';
import { describeLive } from './describe-live.ts';
import type { LiveWorld } from './live-world.ts';

function aBuyer({ run }: LiveWorld, number: number): CustomerDraft {
  return {
    name: `Jürgen "Jo" Groß ${run}`,
    email: `Jo.${number}.${run}@Example.test`,
    accountNumber: `K-${run}-${number}`,
    billingAddress: { lines: ['Hauptstr. 1'], city: 'Berlin', postalCode: '10115', countryCode: 'DE' },
    shippingAddresses: [
      { name: `Lager ${run}`, lines: ['Ring 2', 'Tor 3'], city: 'Köln', postalCode: '50667', countryCode: 'DE' },
    ],
  };
}

describeLive('a customer', (world) => {
  it('is made once by eight callers at one moment, and found by number and e-mail', async () => {
    const { connect, count, erp, run, traces } = world();
    const draft = aBuyer(world(), 1);
    const key = { idempotencyKey: `buyer-${run}-1` };
    const ended = await Promise.allSettled(Array.from({ length: 8 }, () => connect().customers.create(draft, key)));
    for (const one of ended) if (one.status === 'fulfilled') traces.partners.add(Number(one.value.id));
    const ref = await erp.customers.create(draft, key);
    traces.partners.add(Number(ref.id));
    expect(ended.filter((one) => one.status === 'fulfilled' && one.value.id !== ref.id)).toEqual([]);
    expect(await count('res.partner', ['ref', '=', draft.accountNumber], ['parent_id', '=', false])).toBe(1);
    const [found, ...others] = await erp.customers.get({ email: draft.email?.toLowerCase() });
    expect(others).toEqual([]);
    expect(() => customerSchema.parse(found)).not.toThrow();
    expect(found).toMatchObject({ ref, accountNumber: draft.accountNumber, billingAddress: { countryCode: 'DE' } });
    expect(found?.shippingAddresses).toMatchObject([{ city: 'Köln', lines: ['Ring 2', 'Tor 3'] }]);
    expect(await erp.customers.get({ accountNumber: draft.accountNumber })).toEqual([found]);
  });

  it('without an account is one customer of its mailbox, whatever eight callers say under keys of their own', async () => {
    const { connect, count, run, traces } = world();
    const { accountNumber: _, ...buyer } = aBuyer(world(), 5);
    const ended = await Promise.allSettled(
      Array.from({ length: 8 }, (_caller, index) => {
        const draft = index % 2 === 0 ? buyer : { ...buyer, phone: `+49 30 555${index}` };
        return connect().customers.create(draft, { idempotencyKey: `buyer-${run}-5-${index}` });
      }),
    );
    const made = new Set(ended.flatMap((one) => (one.status === 'fulfilled' ? [Number(one.value.id)] : [])));
    for (const id of made) traces.partners.add(id);
    expect(made.size).toBe(1);
    const [id] = [...made];
    const refusals = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(refusals.length).toBeGreaterThan(0);
    for (const refusal of refusals)
      expect(refusal).toMatchObject({ code: 'record.duplicate', refs: [{ id: String(id) }] });
    expect(await count('res.partner', ['email_normalized', '=', buyer.email?.toLowerCase()])).toBe(1);
  });

  it.each(['unheard', 'hung-up'] as const)('is made once when the answer is lost: %s', async (how) => {
    const { connect, count, erp, lose, run, traces } = world();
    const draft = aBuyer(world(), how === 'unheard' ? 2 : 3);
    const key = { idempotencyKey: `buyer-${run}-${how}` };
    lose({ operation: 'res.partner.load', how });
    await connect()
      .customers.create(draft, key)
      .catch(() => undefined);
    const ref = await erp.customers.create(draft, key);
    traces.partners.add(Number(ref.id));
    expect(await count('res.partner', ['ref', '=', draft.accountNumber], ['parent_id', '=', false])).toBe(1);
  });

  it('of another content under its key is refused', async () => {
    const { erp, run, traces } = world();
    const draft = aBuyer(world(), 4);
    const key = { idempotencyKey: `buyer-${run}-4` };
    traces.partners.add(Number((await erp.customers.create(draft, key)).id));
    const edited = erp.customers.create({ ...draft, name: 'Somebody else' }, key);
    await expect(edited).rejects.toMatchObject({ code: 'key.reused' });
  });
});
