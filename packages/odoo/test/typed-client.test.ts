import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { command, odooClientOf, recordId, rowOf, toMoment } from '../src/index.ts';
import { aWorld, versions } from './world.ts';

describe.each(versions)('the client on Odoo %s', (version) => {
  it('reads fields by name, each by its type', async () => {
    const world = aWorld(version);
    const [partner] = await world
      .client()
      .searchRead(
        'res.partner',
        ['name', 'email', 'vat', 'parent_id', 'country_id', 'child_ids', 'active', 'customer_rank', 'create_date'],
        { domain: [['id', '=', Number(world.customer.id)]] },
      );
    expect(partner).toMatchObject({
      id: Number(world.customer.id),
      name: 'Zoë Doe, Ltd.',
      email: 'zoe@example.com',
      vat: null,
      parent_id: null,
      country_id: { name: 'United States' },
      child_ids: [],
      active: true,
    });
    expect(toMoment(String(partner?.create_date))).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
  });

  it('asks what the fields are once a model, and nothing when there is no record to read', async () => {
    const world = aWorld(version);
    const client = world.client();
    await client.read('res.partner', [], ['name']);
    expect(world.platform.journal.all).toEqual([]);
    await client.read('res.partner', [Number(world.customer.id)], ['name']);
    await client.searchRead('res.partner', ['email'], { domain: [], limit: 1 });
    expect(world.platform.journal.of('res.partner.fields_get')).toHaveLength(1);
  });

  it('reads ids alone where nothing else is asked, and not every field', async () => {
    const world = aWorld(version);
    const asked: string[] = [];
    const client = odooClientOf({
      ...world.options,
      async fetch(input, init) {
        const request = new Request(input, init);
        asked.push(await request.clone().text());
        return world.platform.fetch(request);
      },
    });
    const ids = [Number(world.customer.id)];
    const query = { domain: [['id', 'in', ids]] } as const;
    const row = rowOf(z.object({ id: recordId }));
    expect(await client.searchRead('res.partner', row, query)).toEqual([{ id: ids[0] }]);
    expect(await client.read('res.partner', ids, row)).toEqual([{ id: ids[0] }]);
    expect(await client.searchRead('res.partner', [], query)).toEqual([{ id: ids[0] }]);
    const reads = asked.filter((body) => body.includes('"fields"'));
    expect(reads).toHaveLength(3);
    for (const body of reads) expect(body).toContain('"fields":["id"]');
  });

  it('names a field that is none before it asks for it', async () => {
    const world = aWorld(version);
    const reading = world.client().searchRead('res.partner', ['name', 'titel'], { domain: [] });
    await expect(reading).rejects.toMatchObject({
      code: 'request.rejected',
      message: expect.stringContaining('"titel"') as unknown,
    });
    expect(world.platform.journal.of('res.partner.search_read')).toEqual([]);
  });

  it('changes the other side of a relation by commands', async () => {
    const world = aWorld(version);
    const client = world.client();
    const address = { type: 'delivery', name: 'Depot', street: '1 Quay' };
    await client.write('res.partner', [Number(world.customer.id)], { child_ids: [command.create(address)] });
    const read = async () =>
      (await client.read('res.partner', [Number(world.customer.id)], ['child_ids']))[0]?.child_ids;
    const [child = 0] = (await read()) as readonly number[];
    await client.write('res.partner', [Number(world.customer.id)], {
      child_ids: [command.update(child, { name: 'Harbour' })],
    });
    expect(await client.read('res.partner', [child], ['name'])).toEqual([{ id: child, name: 'Harbour' }]);
    await client.write('res.partner', [Number(world.customer.id)], { child_ids: [command.delete(child)] });
    expect(await read()).toEqual([]);
    expect(await client.read('res.partner', [child], ['name'])).toEqual([]);
  });

  it('sends company and time zone with every call, and the caller’s own words instead where they are given', async () => {
    const world = aWorld(version);
    const sent: unknown[] = [];
    const client = odooClientOf({
      ...world.options,
      company: 1,
      timeZone: 'Europe/Paris',
      async fetch(input, init) {
        const request = new Request(input, init);
        const body = JSON.stringify(await request.clone().json());
        if (body.includes('allowed_company_ids'))
          sent.push(JSON.parse(/\{"allowed_company_ids[^}]*\}/.exec(body)?.[0] ?? ''));
        return world.platform.fetch(request);
      },
    });
    const row = ['name'] as const;
    await client.searchRead('res.partner', row, { domain: [], limit: 1 });
    await client.searchRead('res.partner', row, { domain: [], limit: 1 }, { context: { tz: 'UTC', lang: 'en_US' } });
    expect(sent.at(-2)).toEqual({ allowed_company_ids: [1], tz: 'Europe/Paris' });
    expect(sent.at(-1)).toEqual({ allowed_company_ids: [1], tz: 'UTC', lang: 'en_US' });
  });
});
