import {
  type CommerceError,
  inBatches,
  isCommerceError,
  itemRefusals,
  outcomesInOrder,
  type ItemOutcome,
  type ItemRefusals,
  type ProductDraft,
  type WriteOptions,
} from '@crossdock/core';
import { refused, type Connection } from './connection.ts';
import { begun, seenThrough, witnessed } from './half-done.ts';
import { inLanguage } from './language.ts';
import { faultOf, skuOf } from './product-draft.ts';
import { externalIdOf, makeProducts } from './product-make.ts';
import { marketOf, type Market } from './product-market.ts';
import { amountFault, planOf, type ProductPlan } from './product-plan.ts';
import { meant, statesOf, variantsBySku, type ProductState } from './product-state.ts';
import { addVariants } from './product-variants.ts';

/** Products looked up and made together. */
export const productsPerPush = 100;

const operation = 'products.push';

/**
 * Makes and changes products. A product is found by the SKUs of its variants, in whatever state it is, compared, and only
 * what differs is written; so the same push again, under any key, changes nothing more. One that is not there is made
 * under an external id that comes from its SKU, which Odoo lets one product have, however many ask at once.
 */
export async function pushProducts(
  connection: Connection,
  drafts: readonly ProductDraft[],
  options: WriteOptions,
): Promise<readonly ItemOutcome<ProductDraft>[]> {
  const system = connection.settings.name;
  const refusals = itemRefusals({ system, operation, failed: 'was not written' });
  const repeated = repeatedSkus(drafts);
  return inBatches(drafts, productsPerPush, async (batch) => {
    const verdicts = new Map<number, CommerceError | 'ok'>();
    for (const [index, draft] of batch.entries()) {
      const twice = draft.variants.find(({ sku }) => repeated.has(sku));
      const fault = faultOf(draft, refusals) ?? (twice && refusals.twice(twice.sku));
      if (fault) verdicts.set(index, fault);
    }
    const work = (watched: Connection) => pushBatch(watched, batch, verdicts, refusals, options);
    if (verdicts.size < batch.length) await seenThrough(connection, { operation, refs: [] }, work);
    return outcomesInOrder(batch, (_draft, index) => verdicts.get(index), { system, operation });
  });
}

async function pushBatch(
  connection: Connection,
  batch: readonly ProductDraft[],
  verdicts: Map<number, CommerceError | 'ok'>,
  refusals: ItemRefusals,
  options: WriteOptions,
): Promise<void> {
  const open = () => [...batch.entries()].filter(([index]) => !verdicts.has(index));
  const drafts = open().map(([, draft]) => draft);
  const market = await marketOf(connection, drafts, options);
  const templates = await locate(connection, open(), verdicts, refusals, options);
  for (const [index, draft] of open()) {
    const fault =
      strayFault(draft, market, refusals) ?? (templates.has(index) ? undefined : freshFault(draft, market, refusals));
    if (fault) verdicts.set(index, fault);
  }
  const fresh = open().filter(([index]) => !templates.has(index));
  const made = new Set(fresh.map(([index]) => index));
  if (fresh.length > 0) {
    await make(connection, fresh, { market, verdicts, templates, refusals }, options);
  }
  const withKits = drafts.some(({ variants }) => variants.some(({ components }) => components !== undefined));
  const wanted = open().flatMap(([index]) => templates.get(index) ?? []);
  const states = await statesOf(connection, [...new Set(wanted)], withKits, options);
  for (const [index, draft] of open()) {
    const id = templates.get(index);
    const state = id === undefined ? undefined : states.get(id);
    const own = witnessed(connection);
    try {
      if (!state) throw vanished(connection, draft, refusals);
      await settle(own.connection, draft, state, { market, refusals, withKits }, options);
      verdicts.set(index, 'ok');
    } catch (thrown) {
      const isBegun = made.has(index) || own.hasWritten();
      const error = isBegun ? begun(connection, { operation, refs: [] }, thrown) : thrown;
      if (!isCommerceError(error)) throw error;
      verdicts.set(index, told(connection, draft, error));
      if (isCommerceError(thrown, 'call.aborted')) throw error;
    }
  }
}

type Entry = readonly [index: number, draft: ProductDraft];

/** The product of each draft that has one, by the draft's place. */
async function locate(
  connection: Connection,
  entries: readonly Entry[],
  verdicts: Map<number, CommerceError | 'ok'>,
  refusals: ItemRefusals,
  options: WriteOptions,
): Promise<Map<number, number>> {
  const skus = entries.flatMap(([, { variants }]) => variants.map(({ sku }) => sku));
  const found = await variantsBySku(connection, skus, options);
  const templates = new Map<number, number>();
  for (const [index, draft] of entries) {
    const owners = new Set<number>();
    for (const { sku } of draft.variants) {
      const variant = meant(found.get(sku) ?? []);
      if (variant === 'several') {
        verdicts.set(
          index,
          refusals.of(
            'link.conflict',
            sku,
            'several products there have it',
            'Give each its own in Odoo, then replay.',
          ),
        );
      } else if (variant) owners.add(variant.product_tmpl_id.id);
    }
    const [first, second] = owners;
    if (first !== undefined) templates.set(index, first);
    if (second === undefined || verdicts.has(index)) continue;
    verdicts.set(
      index,
      refusals.of(
        'link.conflict',
        skuOf(draft),
        `its SKUs belong to the products ${[...owners].map((id) => `"${id}"`).join(', ')}`,
        'Make one product of them on one side, then replay.',
      ),
    );
  }
  return templates;
}

async function make(
  connection: Connection,
  fresh: readonly Entry[],
  around: {
    readonly market: Market;
    readonly verdicts: Map<number, CommerceError | 'ok'>;
    readonly templates: Map<number, number>;
    readonly refusals: ItemRefusals;
  },
  options: WriteOptions,
): Promise<void> {
  const { market, verdicts, templates, refusals } = around;
  const drafts = fresh.map(([, draft]) => draft);
  const made = await makeProducts(connection, drafts, market, options);
  for (const [index, draft] of fresh) {
    const externalId = externalIdOf(connection, draft);
    let outcome = made.get(externalId);
    if (isCommerceError(outcome, 'platform.conflict') || isCommerceError(outcome, 'write.uncertain')) {
      // Another caller was faster, or the answer was lost: what is there now decides.
      outcome = (await connection.externalIds.resolve(externalId, 'product.template', options)) ?? outcome;
    }
    if (typeof outcome === 'number') templates.set(index, outcome);
    else if (outcome) verdicts.set(index, told(connection, draft, outcome));
  }
  // Somebody may have given one of these SKUs to another product since it was looked for.
  const again = fresh.filter(([index]) => !verdicts.has(index));
  await locate(connection, again, verdicts, refusals, options);
}

/** Makes one product as its draft says. */
async function settle(
  connection: Connection,
  draft: ProductDraft,
  state: ProductState,
  around: { readonly market: Market; readonly refusals: ItemRefusals; readonly withKits: boolean },
  options: WriteOptions,
): Promise<void> {
  const { market, refusals, withKits } = around;
  const id = state.template.id;
  let plan = planOf(draft, state, market, refusals);
  if (plan.missing.length > 0) {
    await addVariants(connection, draft, plan.missing, state, refusals, options);
    const now = (await statesOf(connection, [id], withKits, options)).get(id);
    if (!now) throw vanished(connection, draft, refusals);
    plan = planOf(draft, now, market, refusals);
    const [lost] = plan.missing;
    if (lost) {
      throw refusals.of(
        'record.rejected',
        skuOf(draft),
        `Odoo made no variant of "${lost.sku}"`,
        'See which rule of the product forbids it.',
      );
    }
  }
  await write(connection, id, plan, options);
}

async function write(connection: Connection, id: number, plan: ProductPlan, options: WriteOptions): Promise<void> {
  const { client } = connection;
  const repeatable = inLanguage(connection, { ...options, repeatable: true });
  const { template, variants } = plan;
  if (Object.keys(template).length > 0) await client.write('product.template', [id], template, repeatable);
  for (const { id: variant, values } of variants) await client.write('product.product', [variant], values, repeatable);
}

/** What a draft names that Odoo does not know, or that belongs to another product. */
function strayFault(draft: ProductDraft, market: Market, refusals: ItemRefusals): CommerceError | undefined {
  const sku = skuOf(draft);
  const [path] = draft.categories;
  const unit = draft.variants[0]?.unit;
  for (const [what, name, ids] of [
    ['category', path, path === undefined ? [] : market.categories.get(path)],
    ['unit', unit, unit === undefined ? [] : market.units.get(unit)],
  ] as const) {
    if (name === undefined) continue;
    const next = `Create the ${what} in Odoo or correct the draft, then replay.`;
    if (ids === undefined) return refusals.of('record.missing', sku, `there is no ${what} "${name}"`, next);
    if (ids.length > 1)
      return refusals.of('link.conflict', sku, `two of them are the ${what} "${name}"`, 'Rename one of them in Odoo.');
  }
  for (const { sku: own, barcode } of draft.variants) {
    const other = barcode === undefined ? undefined : market.barcodes.get(barcode)?.find((holder) => holder !== own);
    if (other === undefined) continue;
    const holder = other === null ? 'a product without a SKU' : `"${other}"`;
    return refusals.of(
      'record.invalid',
      own,
      `its barcode "${barcode}" is the one of ${holder} there`,
      'Correct the barcode on one side, then replay.',
    );
  }
  return undefined;
}

/** What forbids to make a product where there is none. */
function freshFault({ variants, ...draft }: ProductDraft, market: Market, refusals: ItemRefusals) {
  const sku = skuOf({ ...draft, variants });
  const invalid = (seen: string, next: string) => refusals.of('record.invalid', sku, seen, next);
  if (variants.some(({ components }) => components !== undefined))
    return invalid('it is a kit, and kits are kept in bills of material', 'Make it in Odoo, then replay.');
  if (variants.length > 1 && variants.some(({ options }) => options.length === 0))
    return invalid('it has several variants and no options', 'Tell its variants apart by an option.');
  const amounts = variants.map(({ price }) => price?.amount);
  const [first] = amounts;
  if (amounts.some((amount) => JSON.stringify(amount) !== JSON.stringify(first)))
    return invalid(
      'its variants differ in price, and Odoo keeps one for all',
      'Price them alike, or make several products.',
    );
  if (first === undefined) return undefined;
  if (market.currency === undefined)
    return invalid('nobody can say in which currency products are priced there', 'Pass the option company.');
  return amountFault(first, market.currency, market, (code, seen, next) => refusals.of(code, sku, seen, next));
}

function repeatedSkus(drafts: readonly ProductDraft[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { variants } of drafts) {
    for (const sku of new Set(variants.map((variant) => variant.sku))) {
      if (seen.has(sku)) repeated.add(sku);
      seen.add(sku);
    }
  }
  return repeated;
}

function vanished({ settings }: Connection, draft: ProductDraft, refusals: ItemRefusals): CommerceError {
  return refusals.of(
    'record.missing',
    skuOf(draft),
    `its product is there no more`,
    `See who deleted it in "${settings.name}", then replay.`,
  );
}

/** What Odoo said, told of the SKU that was meant. */
function told({ settings }: Connection, draft: ProductDraft, error: CommerceError): CommerceError {
  const named = error.code === 'record.rejected' || error.code === 'access.denied' || error.code === 'request.rejected';
  if (!named || error.message.includes(`"${skuOf(draft)}"`)) return error;
  return refused(settings, error.code, operation, {
    message: `SKU "${skuOf(draft)}" was not written in "${settings.name}". ${error.message}`,
  });
}
