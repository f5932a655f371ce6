import { gid, idIn, partsOf } from '../gid.ts';
import { metafieldsOf, namespaceOf, setMetafield, type MetafieldText } from '../life/metafields.ts';
import type { Shop } from '../life/shop.ts';
import type { Store } from '../store.ts';
import { ownerTypeOf } from '../views/metafields.ts';
import { tooMuch } from './metafield-size.ts';

/** A metafield as a client writes it. */
export type MetafieldWish = {
  readonly id?: string | null;
  readonly namespace?: string | null;
  readonly key?: string | null;
  readonly type?: string | null;
  readonly value?: string | null;
};

type Problem = { readonly at: string; readonly message: string; readonly code: string };

// Types as shopify.dev lists them, read 2026-11-26.
const plain = new Set(
  (
    'boolean color date date_time dimension id json language link money multi_line_text_field number_decimal number_integer ' +
    'rating rich_text_field single_line_text_field url volume weight article_reference collection_reference ' +
    'company_reference customer_reference file_reference metaobject_reference mixed_reference order_reference ' +
    'page_reference product_reference product_taxonomy_value_reference variant_reference'
  ).split(' '),
);

/** What is written, or what is wrong with it. A type that is known already, or defined, need not be said. */
export function metafieldAsked(
  store: Store,
  ownerId: string,
  wish: MetafieldWish,
): { readonly text: MetafieldText; readonly problem?: undefined } | { readonly problem: Problem } {
  const known = metafieldsOf(store, ownerId).find(
    (each) =>
      gid('Metafield', each.id) === wish.id ||
      (wish.id == null && each.namespace === namespaceOf(wish.namespace) && each.key === wish.key),
  );
  if (wish.id != null && !known) return wrong('id', 'Metafield does not exist', 'INVALID');
  const namespace = known?.namespace ?? namespaceOf(wish.namespace);
  const key = known?.key ?? wish.key ?? '';
  const defined = store.metafieldDefinitions.find(
    (each) => each.ownerType === ownerTypeOf(ownerId) && each.namespace === namespace && each.key === key,
  );
  const type = wish.type ?? known?.type ?? defined?.type;
  const value = wish.value ?? '';
  // Lengths as the schema of API 2026-10 says; the words are ours.
  if (key === '') return wrong('key', "Key can't be blank", 'BLANK');
  if (key.length < 2) return wrong('key', 'Key is too short (minimum is 2 characters)', 'TOO_SHORT');
  if (key.length > 64) return wrong('key', 'Key is too long (maximum is 64 characters)', 'TOO_LONG');
  if (namespace.length < 3) return wrong('namespace', 'Namespace is too short (minimum is 3 characters)', 'TOO_SHORT');
  if (namespace.length > 255)
    return wrong('namespace', 'Namespace is too long (maximum is 255 characters)', 'TOO_LONG');
  if (!/^[\w-]+$/.test(key)) return wrong('key', 'Key contains one or more invalid characters.', 'INVALID');
  if (!/^[\w-]+$/.test(namespace))
    return wrong('namespace', 'Namespace contains one or more invalid characters.', 'INVALID');
  if (type == null) return wrong('type', "Type can't be blank", 'BLANK');
  if (!plain.has(type.replace(/^list\./, ''))) return wrong('type', `"${type}" is not a valid type.`, 'INVALID_TYPE');
  if (defined && defined.type !== type) {
    const message = `Type must be consistent with the definition's type: ${defined.type}.`;
    return wrong('type', message, 'INVALID_TYPE');
  }
  if (value === '') return wrong('value', "Value can't be blank.", 'BLANK');
  const excess = tooMuch(type, value);
  if (excess !== undefined) return wrong('value', excess, 'TOO_LONG');
  if (!isOfType(type, value)) return wrong('value', `Value is not a valid ${type}.`, 'INVALID_VALUE');
  if (defined && takenBy(store, ownerId, { namespace, key, value })) {
    return wrong('value', 'Value has already been taken', 'TAKEN');
  }
  return { text: { namespace, key, type, value } };
}

/** Writes what was found right. */
export function writeMetafields(shop: Shop, ownerId: string, texts: readonly MetafieldText[]): void {
  for (const text of texts) setMetafield(shop, ownerId, text);
}

/** Whether what a metafield is to stand on is there. */
export function isOwner(store: Store, id: string): boolean {
  const type = partsOf(id)?.type ?? '';
  const number = idIn(id, type);
  const rows: Readonly<Record<string, ReadonlyMap<bigint, unknown>>> = {
    Product: store.products,
    ProductVariant: store.variants,
    Collection: store.collections,
    Customer: store.customers,
    Order: store.orders,
    Location: store.locations,
  };
  return number !== undefined && (rows[type]?.has(number) ?? false);
}

function takenBy(store: Store, ownerId: string, { namespace, key, value }: Omit<MetafieldText, 'type'>): boolean {
  const type = partsOf(ownerId)?.type;
  return [...store.metafields].some(
    ([owner, fields]) =>
      owner !== ownerId &&
      partsOf(owner)?.type === type &&
      fields.some((each) => each.namespace === namespace && each.key === key && each.value === value),
  );
}

function isOfType(type: string, value: string): boolean {
  if (type.startsWith('list.')) {
    const list = read(value);
    return Array.isArray(list);
  }
  switch (type) {
    case 'number_integer':
      return /^-?\d+$/.test(value);
    case 'number_decimal':
      return /^-?\d+(\.\d+)?$/.test(value);
    case 'boolean':
      return value === 'true' || value === 'false';
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(value);
    case 'date_time':
      return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value);
    case 'url':
      return /^(https?|mailto|sms|tel):/.test(value);
    case 'single_line_text_field':
    case 'id':
      return !/[\r\n]/.test(value);
    case 'json':
    case 'money':
    case 'weight':
    case 'volume':
    case 'dimension':
    case 'rating':
    case 'link':
    case 'rich_text_field':
      return read(value) !== undefined;
    default:
      return type.endsWith('_reference') ? partsOf(value) !== undefined : true;
  }
}

function read(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

function wrong(at: string, message: string, code: string): { readonly problem: Problem } {
  return { problem: { at, message, code } };
}
