import type { MetafieldRecord } from '../records.ts';
import type { MetafieldInput } from '../state-catalogue.ts';
import type { Store } from '../store.ts';
import type { Shop } from './shop.ts';

/** A metafield as it is written. */
export type MetafieldText = {
  readonly namespace: string;
  readonly key: string;
  readonly type: string;
  readonly value: string;
};

/** A metafield with the type that is meant when none is said. */
export function textOf({ type = 'single_line_text_field', ...field }: MetafieldInput): MetafieldText {
  return { type, ...field, namespace: namespaceOf(field.namespace) };
}

/** What apps wrote on a record. */
export function metafieldsOf(store: Store, ownerId: string): readonly MetafieldRecord[] {
  return store.metafields.get(ownerId) ?? [];
}

/** The metafield of a name on a record. */
export function metafieldOf(
  store: Store,
  ownerId: string,
  name: { readonly namespace: string; readonly key: string },
): MetafieldRecord | undefined {
  return metafieldsOf(store, ownerId).find(({ namespace, key }) => namespace === name.namespace && key === name.key);
}

/** Writes on a record. The same again changes nothing, not even the moment of the last change. */
export function setMetafield({ store }: Shop, ownerId: string, text: MetafieldText): MetafieldRecord {
  const found = metafieldOf(store, ownerId, text);
  if (found) {
    if (found.value !== text.value || found.type !== text.type) {
      found.value = text.value;
      found.type = text.type;
      found.updatedAt = Math.max(found.updatedAt, store.second());
    }
    return found;
  }
  const now = store.second();
  const record: MetafieldRecord = { id: store.nextId(), ownerId, ...text, createdAt: now, updatedAt: now };
  store.metafields.set(ownerId, [...metafieldsOf(store, ownerId), record]);
  return record;
}

/** Takes a metafield away; false when there was none. */
export function dropMetafield(
  { store }: Shop,
  ownerId: string,
  name: { readonly namespace: string; readonly key: string },
): boolean {
  const found = metafieldOf(store, ownerId, name);
  if (!found) return false;
  store.metafields.set(
    ownerId,
    metafieldsOf(store, ownerId).filter((each) => each !== found),
  );
  return true;
}

/** The digest of a value, to be compared with what somebody has read. How the platform makes it is not documented. */
export function digestOf({ type, value }: MetafieldRecord): string {
  const text = `${type}\n${value}`;
  return [0x811c9dc5n, 0x9dc5811cn, 0x1234567n, 0xfedcba9n].map((seed) => hash(text, seed)).join('');
}

/** FNV-1a, as 16 hexadecimal digits. */
function hash(text: string, seed: bigint): string {
  let sum = seed ^ 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) sum = BigInt.asUintN(64, (sum ^ BigInt(byte)) * 0x100000001b3n);
  return sum.toString(16).padStart(16, '0');
}

// What an app has for itself. shopify.dev, ownership of metafields, read 2026-11-26; the number is the fake app's.
const ownNamespace = 'app--98765432101';

/** The namespace that is meant: none is the app's own, `$app:x` is below it. */
export function namespaceOf(given: string | null | undefined): string {
  if (given == null || given === '' || given === '$app') return ownNamespace;
  return given.startsWith('$app:') ? `${ownNamespace}--${given.slice('$app:'.length)}` : given;
}
