import type { CustomerDraft } from '@crossdock/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { odooClientOf, odooImport, type ImportOutcome, type OrderImport } from '../src/index.ts';
import { aDraft, aLine } from './drafts.ts';
import { aWorldWithAction } from './world-action.ts';
import { aWorld, versions } from './world.ts';

type World = Awaited<ReturnType<typeof aWorldWithAction>>;

/** Who orders: the mailbox, and an account number where there is one. */
interface Buyer {
  readonly mailbox: string;
  readonly account?: string | undefined;
  /** What is wrong with the draft of the customer, or with the order. */
  readonly fault?: 'vat' | 'country' | 'sku' | undefined;
}
/** What a person does in Odoo to the partner of one of the first orders, or enters there. */
interface Edit {
  readonly at: number;
  readonly values?: Readonly<Record<string, string | boolean>>;
  readonly below?: boolean;
  readonly entered?: Buyer;
}
interface History {
  readonly first: readonly Buyer[];
  readonly edits: readonly Edit[];
  readonly list: readonly Buyer[];
}

const guest = (mailbox: string): Buyer => ({ mailbox });
const account = (number: string, mailbox: string): Buyer => ({ mailbox, account: number });
const moved = { ref: 'Z', email: 'z@example.com' };

const nowhere = { name: 'Ann', lines: ['1 Main St'], city: 'Boston', countryCode: 'XX' };
const belgian = { ...nowhere, countryCode: 'BE' };

function order(id: string, { mailbox, account: number, fault }: Buyer): OrderImport {
  const customer: CustomerDraft = {
    name: `${number ?? 'guest'} ${mailbox}`,
    email: `${mailbox}@example.com`,
    ...(number === undefined ? {} : { accountNumber: number }),
    ...(fault === 'vat' ? { taxId: 'BE123', billingAddress: belgian } : {}),
    ...(fault === 'country' ? { billingAddress: nowhere } : {}),
    shippingAddresses: [],
  };
  const lines = [aLine({ sku: fault === 'sku' ? 'NOPE' : 'TEE' })];
  const source = { system: 'shop', kind: 'order', id } as const;
  return { draft: aDraft({ lines, number: id, source }), customer, idempotencyKey: id };
}

const ways = {
  'one by one': async (world: World, items: readonly OrderImport[]) => {
    const outcomes: ImportOutcome[] = [];
    for (const item of items) outcomes.push(...(await odooImport(world.options).orders([item])));
    return outcomes;
  },
  batch: (world: World, items: readonly OrderImport[]) => odooImport(world.options).orders(items),
  action: (world: World, items: readonly OrderImport[]) => world.importer().orders(items),
};

/** The customers of a list after a history, named in the order in which they are first heard of. */
async function buyersOf(way: keyof typeof ways, { first, edits, list }: History): Promise<readonly string[]> {
  const world = await aWorldWithAction('19.0', { confirmOrders: false }, 'crossdock', { modules: ['base_vat'] });
  const names = new Map<string, string>();
  const nameOf = (id: string) => names.get(id) ?? names.set(id, `P${names.size + 1}`).get(id) ?? '';
  const named = (outcome: ImportOutcome): string =>
    outcome.ok
      ? nameOf(outcome.customer.id)
      : `${outcome.error.code} ${outcome.error.refs.flatMap(({ kind, id }) => (kind === 'customer' ? [nameOf(id)] : [])).join()}`.trim();
  const made = await ways['one by one'](
    world,
    first.map((buyer, index) => order(`first-${index}`, buyer)),
  );
  const before = made.map(named);
  const client = odooClientOf({ ...world.options, login: 'boss', apiKey: 'admin-key' });
  const partners = made.flatMap((outcome) => (outcome.ok ? [Number(outcome.customer.id)] : []));
  for (const { at, values, below, entered } of edits) {
    if (entered) {
      const ref = entered.account === undefined ? {} : { ref: entered.account };
      const [id = 0] = await client.create('res.partner', [
        { name: 'Person', email: `${entered.mailbox}@example.com`, ...ref },
      ]);
      partners.push(id);
      nameOf(String(id));
    }
    const id = partners[at % partners.length];
    if (id === undefined) continue;
    if (values) await client.write('res.partner', [id], values);
    if (below === true) {
      const [company = 0] = await client.create('res.partner', [{ name: 'Acme', is_company: true }]);
      await client.write('res.partner', [id], { parent_id: company });
    }
  }
  const outcomes = await ways[way](
    world,
    list.map((buyer, index) => order(`list-${index}`, buyer)),
  );
  return [...before, '|', ...outcomes.map(named)];
}

const [a, b] = ['a', 'b'];
const cases: readonly [string, History, string][] = [
  [
    'an account that has another number and mailbox, then a guest of the old mailbox',
    { first: [account('A', a)], edits: [{ at: 0, values: moved }], list: [account('A', a), guest(a)] },
    'P1 | P1 P2',
  ],
  [
    'the same where another account has the mailbox',
    {
      first: [account('A', a), account('B', a)],
      edits: [{ at: 0, values: moved }],
      list: [account('A', a), guest(a)],
    },
    'P1 P2 | P1 P2',
  ],
  [
    'a guest who has another mailbox, around an account of the old one',
    { first: [guest(a)], edits: [{ at: 0, values: moved }], list: [guest(a), account('A', a), guest(a)] },
    'P1 | P1 P2 P2',
  ],
  [
    'an account that has another number and the same mailbox',
    {
      first: [account('A', a)],
      edits: [{ at: 0, values: { ref: 'Z' } }],
      list: [account('A', a), guest(a), account('B', a), guest(a)],
    },
    'P1 | P1 P1 P2 customer.ambiguous P1,P2',
  ],
  [
    'only new ones: a guest, an account of the same mailbox, and another guest',
    { first: [], edits: [], list: [guest(a), account('A', a), guest(a), guest(b)] },
    '| P1 P2 P1 P3',
  ],
];

const refusals: readonly [string, History, string][] = [
  [
    'an account that Odoo refuses, then a guest of its mailbox',
    { first: [], edits: [], list: [{ ...account('A', a), fault: 'vat' }, guest(a)] },
    '| record.rejected P1',
  ],
  [
    'a guest whom Odoo refuses, then the same with another draft, then an account of the mailbox',
    { first: [], edits: [], list: [{ ...guest(a), fault: 'vat' }, guest(a), account('A', a), guest(a)] },
    '| record.rejected P1 P2 P1',
  ],
  [
    'a guest whom Odoo refuses, then the same with another draft, then with the first again',
    { first: [], edits: [], list: [{ ...guest(a), fault: 'vat' }, guest(a), { ...guest(a), fault: 'vat' }] },
    '| record.rejected P1 P1',
  ],
  [
    'an account that Odoo refuses, another one, and a guest of their mailbox',
    { first: [], edits: [], list: [{ ...account('A', a), fault: 'vat' }, account('B', a), guest(a)] },
    '| record.rejected P1 P1',
  ],
  [
    'an account that Odoo refuses, then the same with another mailbox, then a guest of that one',
    { first: [], edits: [], list: [{ ...account('A', a), fault: 'vat' }, account('A', b), guest(b)] },
    '| record.rejected P1 P1',
  ],
  [
    'a new account, then the same with a country that is none',
    { first: [], edits: [], list: [account('A', a), { ...account('A', a), fault: 'country' }] },
    '| P1 P1',
  ],
  [
    'a new account with a country that is none, then the same with one',
    { first: [], edits: [], list: [{ ...account('A', a), fault: 'country' }, account('A', a)] },
    '| address.invalid P1',
  ],
  [
    'a guest who has another mailbox by now, with a country that is none',
    {
      first: [guest(a)],
      edits: [{ at: 0, values: { email: 'z@example.com' } }],
      list: [{ ...guest(a), fault: 'country' }, guest(a)],
    },
    'P1 | P1 P1',
  ],
  [
    'a guest who has an account number by now, after a new account of the mailbox',
    { first: [guest(a)], edits: [{ at: 0, values: { ref: 'A' } }], list: [account('B', a), guest(a)] },
    'P1 | P2 P1',
  ],
];

const buyer = fc.record({ mailbox: fc.constantFrom(a, b), account: fc.constantFrom(undefined, undefined, 'A', 'B') });
const faulty = fc
  .tuple(buyer, fc.constantFrom(undefined, undefined, 'vat', 'country', 'sku'))
  .map(([who, fault]): Buyer => ({ ...who, fault }));
const change = fc.oneof(
  fc.constantFrom<Omit<Edit, 'at'>>(
    { values: moved },
    { values: { active: false } },
    { values: { ref: false } },
    { values: { email: false } },
    { below: true },
  ),
  fc.record({ email: fc.constantFrom('a@example.com', 'b@example.com') }).map((values) => ({ values })),
  fc.record({ ref: fc.constantFrom('A', 'B') }).map((values) => ({ values })),
  buyer.map((entered) => ({ entered })),
);
const edit = fc.tuple(fc.nat({ max: 5 }), change).map(([at, one]): Edit => ({ at, ...one }));
const history: fc.Arbitrary<History> = fc.record({
  first: fc.array(buyer, { maxLength: 3 }),
  edits: fc.array(edit, { maxLength: 3 }),
  list: fc.array(faulty, { minLength: 2, maxLength: 5 }),
});

async function isSameByAll(past: History) {
  const alone = await buyersOf('one by one', past);
  expect(await buyersOf('batch', past)).toEqual(alone);
  expect(await buyersOf('action', past)).toEqual(alone);
}

/** The order with an address that has the mailbox of its buyer. */
function billed(one: OrderImport): OrderImport {
  const { email = '' } = 'kind' in one.customer ? {} : one.customer;
  const billingAddress = { name: 'Ann', lines: ['1 Main St'], city: 'Boston', countryCode: 'US', email };
  return { ...one, draft: { ...one.draft, billingAddress } };
}

describe('the customers of a list', () => {
  describe.each(Object.keys(ways) as (keyof typeof ways)[])('%s', (way) => {
    it.each([...cases, ...refusals])('are those of one order after the other: %s', async (_what, past, expected) => {
      expect((await buyersOf(way, past)).join(' ').trim()).toBe(expected);
    });
  });

  it('are the same one by one, by the batch and by the server action, whatever a person did before', async () => {
    await fc.assert(fc.asyncProperty(history, isSameByAll), { numRuns: 25 });
  }, 60_000);
});

describe.each(versions)('a list for customers whom a person entered in Odoo %s', (version) => {
  it('asks as often for many as for few where each has a contact or an address with the same mailbox', async () => {
    const counts: number[] = [];
    for (const count of [10, 40]) {
      const world = aWorld(version, { confirmOrders: false });
      const buyers = Array.from({ length: count }, (_, index) => guest(`p${index}`));
      const made = await world.client().create(
        'res.partner',
        buyers.map(({ mailbox }) => ({ name: 'Person', email: `${mailbox}@example.com` })),
      );
      await world.client().create(
        'res.partner',
        buyers.map(({ mailbox }, index) => ({
          name: 'Contact',
          email: `${mailbox}@example.com`,
          parent_id: made[index] ?? false,
        })),
      );
      const importer = odooImport({ ...world.options, firstBatch: 40 });
      // Their addresses, which have the mailbox too, are made by the first orders.
      await importer.orders(buyers.map((one, index) => billed(order(`first-${index}`, one))));
      const before = world.platform.journal.all.length;
      const outcomes = await importer.orders(buyers.map((one, index) => billed(order(`then-${index}`, one))));
      counts.push(world.platform.journal.all.length - before);
      expect(outcomes.map((one) => (one.ok ? Number(one.customer.id) : one.error.code))).toEqual(made);
    }
    expect(counts[1]).toBe(counts[0]);
    expect(counts[0]).toBeLessThanOrEqual(16);
  });
});
