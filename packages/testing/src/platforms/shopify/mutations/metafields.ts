import { idIn, partsOf } from '../gid.ts';
import type { Context } from '../graphql/context.ts';
import { digestOf, dropMetafield, metafieldOf, namespaceOf, setMetafield } from '../life/metafields.ts';
import { touch, type Shop } from '../life/shop.ts';
import type { MetafieldText } from '../life/metafields.ts';
import { mayWriteOn } from '../scopes.ts';
import { metafieldView } from '../views/metafields.ts';
import type { View } from '../views/views.ts';
import { isOwner, metafieldAsked, type MetafieldWish } from './metafield-input.ts';
import { userError, type UserError } from './user-error.ts';

type SetWish = MetafieldWish & { readonly ownerId: string; readonly compareDigest?: string | null };
type SetError = UserError & { readonly elementIndex: number | null };
type Name = { readonly ownerId: string; readonly namespace: string; readonly key: string };

// At most 25 a call, all or none. Schema of API 2026-10, read 2026-11-26.
const mostAtOnce = 25;

/** Writes metafields, each only while it is as the caller has read it, where he says how that was. */
export function metafieldsSet(
  args: { readonly metafields: readonly SetWish[] },
  { shop, views, scopes }: Context,
): View {
  const { store } = shop;
  for (const { ownerId } of args.metafields) mayWriteOn(scopes, 'metafieldsSet', ownerId);
  if (args.metafields.length > mostAtOnce) {
    const message = `Exceeded the maximum metafields input limit of ${mostAtOnce}.`;
    return refusedSet([problem(['metafields'], message, 'LESS_THAN_OR_EQUAL_TO')]);
  }
  const problems: SetError[] = [];
  const planned = args.metafields.flatMap((wish, index): { ownerId: string; text: MetafieldText }[] => {
    const field = ['metafields', String(index)];
    if (!isOwner(store, wish.ownerId)) {
      problems.push(problem([...field, 'ownerId'], 'Owner does not exist.', 'INVALID'));
      return [];
    }
    const asked = metafieldAsked(store, wish.ownerId, wish);
    if (asked.problem) {
      problems.push(problem([...field, asked.problem.at], asked.problem.message, asked.problem.code));
      return [];
    }
    const stale = staleness(shop, wish, asked.text);
    if (stale) problems.push(problem(field, stale.message, stale.code));
    return [{ ownerId: wish.ownerId, text: asked.text }];
  });
  if (problems.length > 0) return refusedSet(problems);
  const before = planned.map(({ ownerId, text }) => metafieldOf(store, ownerId, text)?.value);
  const written = planned.map(({ ownerId, text }) => setMetafield(shop, ownerId, text));
  bump(shop, new Set(planned.flatMap(({ ownerId, text }, index) => (before[index] === text.value ? [] : [ownerId]))));
  return { metafields: written.map((record) => metafieldView(views, record)), userErrors: [] };
}

/** Takes metafields away; null stands for one that there was not. */
export function metafieldsDelete(args: { readonly metafields: readonly Name[] }, { shop, scopes }: Context): View {
  for (const { ownerId } of args.metafields) mayWriteOn(scopes, 'metafieldsDelete', ownerId);
  const deleted = args.metafields.map(({ ownerId, namespace, key }) =>
    dropMetafield(shop, ownerId, { namespace: namespaceOf(namespace), key }) ? { ownerId, namespace, key } : null,
  );
  bump(shop, new Set(deleted.flatMap((each) => each?.ownerId ?? [])));
  return { deletedMetafields: deleted, userErrors: [] };
}

function staleness({ store }: Shop, wish: SetWish, text: MetafieldText) {
  if (!Object.hasOwn(wish, 'compareDigest') || wish.compareDigest === undefined) return undefined;
  const known = metafieldOf(store, wish.ownerId, text);
  // Messages: the descriptions of the codes in the schema of API 2026-10, read 2026-11-26.
  if (wish.compareDigest !== null && !/^[0-9a-f]{64}$/.test(wish.compareDigest)) {
    return { message: 'The compareDigest is invalid.', code: 'INVALID_COMPARE_DIGEST' };
  }
  if ((known ? digestOf(known) : null) === wish.compareDigest) return undefined;
  return { message: 'The metafield has been modified since it was loaded.', code: 'STALE_OBJECT' };
}

function problem(field: readonly string[], message: string, code: string): SetError {
  const [, index] = field;
  // An entry of the list is told by its number too. The limit of all has none.
  return { ...userError(field, message, code), elementIndex: index === undefined ? null : Number(index) };
}

function refusedSet(userErrors: readonly SetError[]): View {
  return { metafields: null, userErrors };
}

/** What is written on a product or a customer is a change of it. */
function bump(shop: Shop, owners: ReadonlySet<string>): void {
  const { store } = shop;
  for (const ownerId of owners) {
    const type = partsOf(ownerId)?.type ?? '';
    const number = idIn(ownerId, type) ?? 0n;
    const variant = type === 'ProductVariant' ? store.variants.get(number) : undefined;
    if (variant) touch(shop, variant);
    const product = store.products.get(variant?.productId ?? (type === 'Product' ? number : 0n));
    if (product) {
      touch(shop, product);
      shop.tell([{ topic: 'products/update', product }]);
    }
    const order = type === 'Order' ? store.orders.get(number) : undefined;
    if (order) {
      touch(shop, order);
      shop.tell([{ topic: 'orders/updated', order }]);
    }
    const customer = type === 'Customer' ? store.customers.get(number) : undefined;
    if (customer) {
      touch(shop, customer);
      shop.tell([{ topic: 'customers/update', customer }]);
    }
  }
}
