import type { ProductDraft } from '@crossdock/core';
import type { ShownProduct } from '../catalogue-scenery.ts';
import { holds, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';
import { creationLaws } from './creating.ts';
import { expectAnswers, expectWritten, type Pushing } from './push-checks.ts';
import { pushLaws } from './pushing.ts';

type PushTrial = Trial<'products.push'>;

const pushing: Pushing<'products.push', ProductDraft> = {
  operation: 'products.push',
  push: ({ products }, drafts, options) => products.push(drafts, options),
  skuOf,
  stray: (draft) => [{ ...draft, categories: ['Nobody knows / This'] }, 'record.missing'],
  item: async ({ scenery, platform }, number) => scenery['products.push'].known(platform, number),
  figure: async ({ scenery, platform }, draft) => (await scenery['products.push'].shown(platform, skuOf(draft)))?.title,
  wanted: ({ title }) => title,
  changed: (draft) => ({ ...draft, title: `${draft.title}, again` }),
  unwritable: [
    ['no variant', (draft) => ({ ...draft, variants: [] })],
    ['one SKU twice', (draft) => ({ ...draft, variants: [...draft.variants, ...draft.variants] })],
    ['a blank SKU', (draft) => ({ ...draft, variants: draft.variants.map((variant) => ({ ...variant, sku: ' ' })) })],
  ],
};

const creations = creationLaws({
  operation: 'products.push',
  parallel: 8,
  async prepare({ scenery, platform }, number) {
    const draft = await scenery['products.push'].fresh(platform, number);
    return async ({ products }, options) => {
      const [outcome] = await products.push([draft], options);
      holds(outcome !== undefined, 'products.push answered for no product, and was given one.');
      if (!outcome.ok) throw outcome.error;
      return { ref: { system: 'any', kind: 'product', id: skuOf(draft) } };
    };
  },
  count: async ({ scenery, platform }) => (await scenery['products.push'].created(platform)).length,
});

export const productsPushLaws = [
  ...pushLaws(pushing),
  ...creations,
  law({
    id: 'products.push/what-is-as-it-should-be-is-not-written',
    operations: ['products.push'],
    async check(trial) {
      const { known, fresh } = trial.scenery['products.push'];
      const drafts = [await known(trial.platform, 1), await fresh(trial.platform, 2)];
      await pushAll(trial, drafts, 'push-1');
      const before = await versions(trial, drafts);
      await trial.clock.advance(hourMs);
      await pushAll({ ...trial, connector: trial.connect() }, drafts, 'push-2');
      const after = await versions(trial, drafts);
      const written = drafts
        .filter((_draft, index) => before[index] !== after[index])
        .map((draft) => `"${skuOf(draft)}"`);
      holds(written.length === 0, `products.push wrote ${written.join(', ')}, which was as it should be.`);
    },
  }),
  law({
    id: 'products.push/a-change-is-written',
    operations: ['products.push'],
    async check(trial) {
      const draft = await pushing.item(trial, 1);
      await pushAll(trial, [draft], 'push-1');
      const before = await versions(trial, [draft]);
      await trial.clock.advance(hourMs);
      const other = pushing.changed(draft);
      await pushAll(trial, [other], 'push-2');
      await expectWritten(pushing, trial, [other], 'after its title was changed');
      holds(
        before.join() !== (await versions(trial, [draft])).join(),
        'The scenery does not tell a write by a version.',
      );
    },
  }),
  law({
    id: 'products.push/what-is-left-out-is-left-as-it-is',
    operations: ['products.push'],
    async check(trial) {
      const draft = await pushing.item(trial, 1);
      const { description } = draft;
      holds(description !== undefined, 'The scenery has to describe its products.');
      await pushAll(trial, [draft], 'push-1');
      const { description: _left, ...rest } = pushing.changed(draft);
      await pushAll(trial, [rest], 'push-2');
      await expectWritten(pushing, trial, [rest], 'after its title was changed');
      const there = (await shown(trial, draft)).description;
      holds(there === description, `The description is "${there}" after a push without one; it was "${description}".`);
    },
  }),
] as const;

function skuOf({ variants }: ProductDraft): string {
  return variants[0]?.sku ?? 'no SKU';
}

async function pushAll(trial: PushTrial, drafts: readonly ProductDraft[], idempotencyKey: string): Promise<void> {
  const answers = drafts.map((draft) => [draft, 'ok'] as const);
  await expectAnswers(pushing, trial, answers, `${drafts.length} products`, { idempotencyKey });
}

async function shown({ scenery, platform }: PushTrial, draft: ProductDraft): Promise<ShownProduct> {
  const product = await succeeds(async () => scenery['products.push'].shown(platform, skuOf(draft)), 'The scenery');
  holds(product !== undefined, `"${skuOf(draft)}" is nowhere after it was pushed.`);
  return product;
}

async function versions(trial: PushTrial, drafts: readonly ProductDraft[]): Promise<readonly string[]> {
  const all: string[] = [];
  for (const draft of drafts) all.push((await shown(trial, draft)).version);
  return all;
}

const hourMs = 60 * 60_000;
