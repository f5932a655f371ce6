import type { CustomerIdentity, Ref } from '@crossdock/core';
import { holds, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';

type GetTrial = Trial<'customers.get'>;

type KnownCustomer = { readonly email: string; readonly accountNumber: string };

const ada = { email: 'ada.byron@example.test', accountNumber: 'Q7-1001' } as const;
const grace = { email: 'grace.hopper@example.test', accountNumber: 'Q7-2002' } as const;

async function seed({ scenery, platform }: GetTrial, identity: KnownCustomer): Promise<Ref<'customer'>> {
  return scenery['customers.get'].seed(platform, identity);
}

/** Breaks the law unless exactly these have the identity. `whose` is the identity, in words. */
async function expectFound(
  { connector }: GetTrial,
  identity: CustomerIdentity,
  wanted: readonly Ref<'customer'>[],
  whose: string,
): Promise<void> {
  const found = await succeeds(() => connector.customers.get(identity), `customers.get by ${whose}`);
  const [there, expected] = [found.map(({ ref }) => ref), wanted].map((refs) => refs.map(({ id }) => id).toSorted());
  holds(
    there?.join() === expected?.join(),
    `customers.get by ${whose} found ${named(there)}, and it is the identity of ${named(expected)}.`,
  );
}

function named(ids: readonly string[] = []): string {
  return ids.length === 0 ? 'nobody' : ids.map((id) => `"${id}"`).join(', ');
}

export const customersGetLaws = [
  law({
    id: 'customers.get/an-unknown-identity-is-nobodys',
    operations: ['customers.get'],
    async check(trial) {
      await seed(trial, ada);
      await expectFound(trial, { email: grace.email }, [], 'an address that nobody has');
      await expectFound(trial, { accountNumber: grace.accountNumber }, [], 'a number that nobody has');
    },
  }),
  law({
    id: 'customers.get/gives-everybody-that-matches',
    operations: ['customers.get'],
    async check(trial) {
      const one = await seed(trial, ada);
      await seed(trial, grace);
      const other = await seed(trial, { ...ada, accountNumber: 'Q7-3003' });
      await expectFound(trial, { email: ada.email }, [one, other], 'an address that two have');
      await expectFound(trial, { accountNumber: ada.accountNumber }, [one], 'a number that one has');
    },
  }),
  law({
    id: 'customers.get/compares-an-address-without-case',
    operations: ['customers.get'],
    async check(trial) {
      const lower = await seed(trial, ada);
      const mixed = await seed(trial, { ...grace, email: 'Grace.Hopper@Example.Test' });
      await expectFound(trial, { email: ada.email.toUpperCase() }, [lower], 'an address in capitals');
      await expectFound(trial, { email: grace.email }, [mixed], 'an address that is kept with capitals');
    },
  }),
  law({
    id: 'customers.get/every-given-part-has-to-match',
    operations: ['customers.get'],
    async check(trial) {
      const one = await seed(trial, ada);
      await seed(trial, grace);
      await expectFound(trial, ada, [one], 'an address and a number of one customer');
      const mixed = { email: ada.email, accountNumber: grace.accountNumber };
      await expectFound(trial, mixed, [], 'an address of one customer and a number of another');
    },
  }),
  law({
    id: 'customers.get/guesses-nobody-by-a-part',
    operations: ['customers.get'],
    async check(trial) {
      await seed(trial, ada);
      for (const email of partsOfAddress) await expectFound(trial, { email }, [], `the address "${email}"`);
      for (const accountNumber of partsOfNumber) {
        await expectFound(trial, { accountNumber }, [], `the number "${accountNumber}"`);
      }
    },
  }),
  law({
    id: 'customers.get/no-identity-is-nobodys',
    operations: ['customers.get'],
    async check(trial) {
      await seed(trial, ada);
      for (const [whose, identity] of [
        ['nothing', {}],
        ['an empty address', { email: '' }],
        ['a blank address', { email: '  ' }],
        ['an empty number', { accountNumber: '' }],
        ['a blank number', { accountNumber: '  ' }],
      ] as const) {
        await expectFound(trial, identity, [], whose);
      }
    },
  }),
] as const;

/** Parts of Ada's, longer ones than hers, and what a search may take for a pattern. */
const partsOfAddress = [
  'ada',
  'byron@example.test',
  '@example.test',
  'ada.byron@example',
  'ada.byron@example.test.example',
  'mada.byron@example.test',
  'ada_byron@example.test',
  'ada%',
  '%',
  '*',
];
const partsOfNumber = ['Q7-100', '1001', 'Q7-10011', 'Q7_1001', 'Q7-1%', '%', '*'];
