import type { ProductKey, Ref } from '@crossdock/core';
import { holds, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';

type GetTrial = Trial<'products.get'>;

const mug = { sku: 'Q7-MUG-1', barcode: '4006381333931' } as const;
const cap = { sku: 'Q7-CAP-2', barcode: '5901234123457' } as const;

async function seed({ scenery, platform }: GetTrial, variant: typeof mug | typeof cap): Promise<Ref<'product'>> {
  return scenery['products.get'].seed(platform, variant);
}

/** Breaks the law unless exactly these products have a variant with one of the keys, each once. `what` is the keys, in words. */
async function expectFound(
  { connector }: GetTrial,
  keys: readonly ProductKey[],
  wanted: readonly Ref<'product'>[],
  what: string,
): Promise<void> {
  const found = await succeeds(() => connector.products.get(keys), `products.get by ${what}`);
  const [there, expected] = [found.map(({ ref }) => ref), wanted].map((refs) => refs.map(({ id }) => id).toSorted());
  holds(
    there?.join() === expected?.join(),
    `products.get by ${what} found ${named(there)}, and it is ${named(expected)}.`,
  );
}

function named(ids: readonly string[] = []): string {
  return ids.length === 0 ? 'nothing' : ids.map((id) => `"${id}"`).join(', ');
}

export const productsGetLaws = [
  law({
    id: 'products.get/finds-by-sku-and-by-barcode',
    operations: ['products.get'],
    async check(trial) {
      const [one, other] = [await seed(trial, mug), await seed(trial, cap)];
      await expectFound(trial, [{ sku: mug.sku }], [one], 'a SKU');
      await expectFound(trial, [{ barcode: cap.barcode }], [other], 'a barcode');
      await expectFound(trial, [{ barcode: mug.barcode }, { sku: cap.sku }], [one, other], 'a barcode and another SKU');
      const products = await trial.connector.products.get([{ sku: mug.sku }]);
      const variant = products.flatMap(({ variants }) => variants).find(({ sku }) => sku === mug.sku);
      holds(variant?.barcode === mug.barcode, `"${mug.sku}" came with the barcode "${variant?.barcode}".`);
    },
  }),
  law({
    id: 'products.get/an-unknown-key-has-none',
    operations: ['products.get'],
    async check(trial) {
      const one = await seed(trial, mug);
      await expectFound(trial, [{ sku: cap.sku }], [], 'a SKU that nobody knows');
      await expectFound(trial, [{ barcode: cap.barcode }], [], 'a barcode that nobody knows');
      await expectFound(trial, [{ sku: cap.sku }, { sku: mug.sku }], [one], 'a SKU beside one that nobody knows');
      await expectFound(trial, [], [], 'no key');
    },
  }),
  law({
    id: 'products.get/gives-each-once',
    operations: ['products.get'],
    async check(trial) {
      const one = await seed(trial, mug);
      await expectFound(trial, [{ sku: mug.sku }, { barcode: mug.barcode }], [one], 'a SKU and its own barcode');
      await expectFound(trial, [{ sku: mug.sku }, { sku: mug.sku }], [one], 'a SKU that is there twice');
    },
  }),
  law({
    id: 'products.get/guesses-nothing-by-a-part',
    operations: ['products.get'],
    async check(trial) {
      await seed(trial, mug);
      for (const sku of ['Q7-MUG', 'MUG-1', 'Q7-MUG-11', 'Q7_MUG_1', 'Q7-MUG%', '%', '', ' ', mug.barcode]) {
        await expectFound(trial, [{ sku }], [], `the SKU "${sku}"`);
      }
      for (const barcode of ['400638133393', '006381333931', '40063813339310', '400638133393_', '%', '', mug.sku]) {
        await expectFound(trial, [{ barcode }], [], `the barcode "${barcode}"`);
      }
    },
  }),
  law({
    id: 'products.get/finds-among-many',
    operations: ['products.get'],
    async check(trial) {
      const [one, other] = [await seed(trial, mug), await seed(trial, cap)];
      const nobody = Array.from({ length: many }, (_, number): ProductKey => ({ sku: `NOBODY-${number}` }));
      const keys: readonly ProductKey[] = [{ sku: mug.sku }, ...nobody, { barcode: cap.barcode }];
      await expectFound(trial, keys, [one, other], `${keys.length} keys`);
    },
  }),
] as const;

/** More than one request of any platform takes. */
const many = 600;
