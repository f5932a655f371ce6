import fc from 'fast-check';
import type { Json } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { fakeOdoo } from '@crossdock/testing';
import { call } from './client.ts';

interface Contact {
  readonly id: number;
  readonly name: string;
  readonly ref: string | false;
  readonly color: number;
  readonly company: boolean;
}

const contacts: readonly Omit<Contact, 'id'>[] = [
  { name: 'Anna', ref: 'a-1', color: 0, company: false },
  { name: 'anna', ref: false, color: 3, company: true },
  { name: 'Bob_x', ref: 'b%2', color: 3, company: false },
  { name: 'BobAx', ref: 'B%2', color: 5, company: true },
  { name: 'Zoë', ref: 'a-1', color: 1, company: false },
];

const leaf: fc.Arbitrary<Json> = fc.oneof(
  fc.tuple(fc.constant('name'), fc.constantFrom('=', '!='), fc.constantFrom('Anna', 'anna', 'Bob_x', 'nobody')),
  fc.tuple(
    fc.constant('name'),
    fc.constantFrom('like', 'ilike', 'not ilike', '=like', '=ilike'),
    fc.constantFrom('an', 'bob_x', 'B%x', '', 'ZO'),
  ),
  fc.tuple(fc.constant('ref'), fc.constantFrom('=', '!='), fc.constantFrom<Json>('a-1', false, 'x')),
  fc.tuple(fc.constant('ref'), fc.constantFrom('in', 'not in'), fc.subarray<Json>(['a-1', 'b%2', false])),
  fc.tuple(
    fc.constant('customer_rank'),
    fc.constantFrom('=', '!=', '<', '<=', '>', '>='),
    fc.integer({ min: -1, max: 6 }),
  ),
  fc.tuple(fc.constant('is_company'), fc.constantFrom('=', '!='), fc.boolean()),
);

/** A domain in prefix notation, with how many terms it stands for. */
const domain: fc.Arbitrary<readonly Json[]> = fc.letrec<{ tree: readonly Json[] }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    leaf.map((item) => [item]),
    tie('tree').map((inner) => ['!', ...inner]),
    fc.tuple(fc.constantFrom('&', '|'), tie('tree'), tie('tree')).map(([operator, a, b]) => [operator, ...a, ...b]),
  ),
})).tree;

/** The same meaning, read forwards and without any cleverness. */
function naive(items: readonly Json[], contact: Contact): boolean {
  const rest = [...items];
  const term = (): boolean => {
    const item = rest.shift();
    if (item === '!') return !term();
    if (item === '&' || item === '|') {
      const [first, second] = [term(), term()];
      return item === '&' ? first && second : first || second;
    }
    return meets(contact, item as readonly [string, string, Json]); // Everything else is a condition.
  };
  let all = true;
  while (rest.length > 0) all = term() && all;
  return all;
}

function meets(contact: Contact, [field, operator, value]: readonly [string, string, Json]): boolean {
  const own =
    { name: contact.name, ref: contact.ref, customer_rank: contact.color, is_company: contact.company }[field] ?? false;
  switch (operator) {
    case '=':
      return own === value;
    case '!=':
      return own !== value;
    case 'in':
      return Array.isArray(value) && value.includes(own);
    case 'not in':
      return Array.isArray(value) && !value.includes(own);
    case '<':
      return Number(own) < Number(value);
    case '<=':
      return Number(own) <= Number(value);
    case '>':
      return Number(own) > Number(value);
    case '>=':
      return Number(own) >= Number(value);
    default:
      return typeof value === 'string' && like(String(own), operator, value);
  }
}

function like(own: string, operator: string, pattern: string): boolean {
  const negative = operator.startsWith('not ');
  const kind = negative ? operator.slice(4) : operator;
  const [text, wanted] = kind.endsWith('ilike') ? [own.toLowerCase(), pattern.toLowerCase()] : [own, pattern];
  const found = walk(text, kind.startsWith('=') ? wanted : `%${wanted}%`);
  return negative ? !found : found;
}

/** `%` takes any number of characters, `_` takes one. */
function walk(text: string, pattern: string): boolean {
  if (pattern === '') return text === '';
  if (pattern.startsWith('%')) return walk(text, pattern.slice(1)) || (text !== '' && walk(text.slice(1), pattern));
  return (
    text !== '' &&
    (pattern.startsWith('_') || pattern.charAt(0) === text.charAt(0)) &&
    walk(text.slice(1), pattern.slice(1))
  );
}

const named = (...names: readonly string[]) => names.map((name) => ({ id: expect.any(Number), name }));

describe('fake Odoo domains', () => {
  it('find the same contacts as a naive reading of them', async () => {
    const odoo = fakeOdoo();
    const { body } = await call(odoo, 'res.partner.create', {
      vals_list: contacts.map(({ name, ref, color, company }) => ({
        name,
        ref,
        customer_rank: color,
        is_company: company,
      })),
    });
    const ids = Array.isArray(body) ? body.map(Number) : [];
    const known = contacts.map((contact, index) => ({ ...contact, id: ids[index] ?? 0 }));

    await fc.assert(
      fc.asyncProperty(domain, async (items) => {
        const answer = await call(odoo, 'res.partner.search', { domain: [['id', 'in', ids], ...items], order: 'id' });

        expect(answer.body).toEqual(known.filter((contact) => naive(items, contact)).map(({ id }) => id));
      }),
      { numRuns: 300 },
    );
  });

  it('walk through relations: one linked record that fits is enough', async () => {
    const odoo = fakeOdoo();
    const { body } = await call(odoo, 'res.partner.create', {
      vals_list: [
        {
          name: 'With both',
          child_ids: [
            [0, 0, { name: 'Rome' }],
            [0, 0, { name: 'Oslo' }],
          ],
        },
        { name: 'With one', child_ids: [[0, 0, { name: 'Rome' }]] },
        { name: 'With none' },
      ],
    });
    const within = ['id', 'in', body];
    const find = async (...items: readonly Json[]) =>
      (await call(odoo, 'res.partner.search_read', { domain: [within, ...items], fields: ['name'], order: 'id' })).body;

    expect(await find(['child_ids.name', '=', 'Oslo'])).toEqual(named('With both'));
    expect(await find(['child_ids.name', '!=', 'Oslo'])).toEqual(named('With both', 'With one'));
    expect(await find(['child_ids.name', '!=', false])).toEqual(named('With both', 'With one'));
    expect(await find(['parent_id.city', '=', false])).toEqual([]);
    expect(await find(['child_ids', '=', false])).toEqual(named('With none'));
    expect(await find(['child_ids', 'any', [['name', '=', 'Rome']]])).toEqual(named('With both', 'With one'));
  });

  it('find a location and everything inside it', async () => {
    const odoo = fakeOdoo();

    const { body } = await call(odoo, 'stock.location.search_read', {
      domain: [['id', 'child_of', 4]],
      fields: ['complete_name'],
    });

    expect(body).toEqual([
      { id: 4, complete_name: 'WH' },
      { id: 5, complete_name: 'WH/Stock' },
    ]);
  });

  it('leave archived records out unless they are asked for', async () => {
    const odoo = fakeOdoo();
    odoo.state.addProduct({ sku: 'OLD', archived: true });
    const count = async (body: Json) => (await call(odoo, 'product.product.search_count', body)).body;

    expect(await count({ domain: [['default_code', '=', 'OLD']] })).toBe(0);
    expect(await count({ domain: [['default_code', '=', 'OLD']], context: { active_test: false } })).toBe(1);
    expect(
      await count({
        domain: [
          ['default_code', '=', 'OLD'],
          ['active', 'in', [true, false]],
        ],
      }),
    ).toBe(1);
  });

  it('are refused when they name what is not there, or are not domains', async () => {
    const odoo = fakeOdoo();
    const refused = async (items: Json) => (await call(odoo, 'res.partner.search', { domain: items })).body;

    expect(await refused([['nope', '=', 1]])).toMatchObject({
      message: "Invalid field res.partner.nope in condition ('nope', '=', 1)",
    });
    expect(await refused(['name'])).toMatchObject({ message: "Domain() invalid item in domain: 'name'" });
    expect(await refused([['create_date', '>', '2026-11-23T10:00:00Z']])).toMatchObject({
      message: "expecting only datetimes with no timezone: '2026-11-23T10:00:00Z'",
    });
  });
});
