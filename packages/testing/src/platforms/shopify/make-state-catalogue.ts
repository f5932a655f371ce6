import { gid, idIn, partsOf } from './gid.ts';
import { changeVariant } from './life/change-variant.ts';
import { deleteProduct, slugOf, tagsOf } from './life/make-product.ts';
import { metafieldsOf, setMetafield, textOf } from './life/metafields.ts';
import { addProduct, productOf, setAvailable, variantOf } from './life/products.ts';
import { refused, touch, type Shop } from './life/shop.ts';
import { levelsOf, locationFor, noQuantities, shift, stocked } from './life/stock.ts';
import { toMinor } from './money.ts';
import { quantityNames, type CollectionRecord, type ProductRecord } from './records.ts';
import { shownProduct, shownVariant } from './shown-catalogue.ts';
import type { CatalogueState } from './state-catalogue.ts';
import { levelKey } from './store.ts';

/** Makes the part of the state door that products and stock are behind. */
export function catalogueState(shop: Shop): CatalogueState {
  const { store } = shop;
  const money = (amount: string) => toMinor(amount, store.currency);
  const updated = (product: ProductRecord) => {
    touch(shop, product);
    shop.tell([{ topic: 'products/update', product }]);
    return shownProduct(store, product);
  };
  const placeOf = (locationId: string | undefined) => {
    const id = locationId === undefined ? locationFor(store, undefined, 0).id : idIn(locationId, 'Location');
    if (id === undefined || !store.locations.has(id))
      throw refused(`There is no location "${locationId ?? ''}". Take an id that addLocation answered.`);
    return id;
  };
  const count = (sku: string, available: number, locationId?: string) =>
    setAvailable(shop, variantOf(shop, sku), placeOf(locationId), available);
  const stock: CatalogueState['stock'] = (sku, locationId) => {
    const { itemId } = variantOf(shop, sku);
    const place = locationId === undefined ? undefined : placeOf(locationId);
    const levels = levelsOf(store, itemId).filter((level) => place === undefined || level.locationId === place);
    const sums = noQuantities();
    for (const { quantities } of levels) for (const name of quantityNames) sums[name] += quantities[name];
    return sums;
  };
  const changeOne: CatalogueState['changeVariant'] = (sku, { price, compareAtPrice, cost, ...rest }) => {
    const variant = variantOf(shop, sku);
    const changed = changeVariant(shop, variant, {
      ...rest,
      ...(price === undefined ? {} : { price: money(price) }),
      ...(compareAtPrice === undefined ? {} : { compareAtPrice: money(compareAtPrice) }),
      ...(cost === undefined ? {} : { cost: money(cost) }),
    });
    const product = store.products.get(variant.productId);
    if (changed && product) updated(product);
    return shownVariant(store, variant);
  };

  return {
    addProduct: (product) => addProduct(shop, product),
    addCollection({ title, handle = slugOf(title) }) {
      const now = store.second();
      const record: CollectionRecord = { id: store.nextId(), title, handle, createdAt: now, updatedAt: now };
      store.collections.set(record.id, record);
      return gid('Collection', record.id);
    },
    changeCollection(id, change = {}) {
      const number = idIn(id, 'Collection');
      const collection = number === undefined ? undefined : store.collections.get(number);
      if (!collection) throw refused(`The shop has no collection "${id}". Take an id that addCollection answered.`);
      Object.assign(collection, change);
      touch(shop, collection);
    },
    get products() {
      return [...store.products.values()].map((product) => shownProduct(store, product));
    },
    product: (id) => shownProduct(store, productOf(shop, id)),
    variant: (sku) => shownVariant(store, variantOf(shop, sku)),
    changeProduct(id, { tags, ...rest }) {
      const product = productOf(shop, id);
      Object.assign(product, rest, tags ? { tags: tagsOf(tags) } : {});
      return updated(product);
    },
    changeVariant: changeOne,
    setPrice: (sku, price, compareAtPrice) =>
      changeOne(sku, { price, ...(compareAtPrice === undefined ? {} : { compareAtPrice }) }),
    touchProduct: (id) => updated(productOf(shop, id)),
    touchVariant(sku) {
      const variant = variantOf(shop, sku);
      touch(shop, variant);
      updated(productOf(shop, gid('Product', variant.productId)));
      return shownVariant(store, variant);
    },
    deleteProduct: (id) => deleteProduct(shop, productOf(shop, id)),
    setMetafield: (ownerId, field) => void setMetafield(shop, ownerId, textOf(field)),
    metafields: (ownerId) =>
      metafieldsOf(store, ownerId).map(({ namespace, key, type, value }) => ({ namespace, key, type, value })),
    defineCustomId(ownerType, namespace, key) {
      store.metafieldDefinitions.push({ ownerType, namespace, key, type: 'id' });
    },
    unlist(id) {
      const { type = '' } = partsOf(id) ?? {};
      const number = idIn(id.split('?')[0] ?? '', type);
      if (number === undefined) throw refused(`"${id}" was not hidden from the search: it is no global id.`);
      store.unlisted.add(number);
      return () => void store.unlisted.delete(number);
    },
    setStock: count,
    setAvailable: count,
    setQuantity(sku, name, quantity, locationId) {
      const level = stocked(shop, variantOf(shop, sku).itemId, placeOf(locationId));
      shift(shop, [{ level, by: { [name]: quantity - level.quantities[name] } }]);
    },
    setStocked(sku, locationId, active) {
      const level = stocked(shop, variantOf(shop, sku).itemId, placeOf(locationId));
      if (level.active === active) return;
      level.active = active;
      touch(shop, level);
      shop.tell([{ topic: active ? 'inventory_levels/connect' : 'inventory_levels/disconnect', level }]);
    },
    levelId(sku, locationId) {
      const { itemId } = variantOf(shop, sku);
      const level = store.levels.get(levelKey(itemId, placeOf(locationId)));
      if (!level) throw refused(`SKU "${sku}" has no level there. Stock it at the location first.`);
      return `${gid('InventoryLevel', level.id)}?inventory_item_id=${itemId}`;
    },
    available: (sku, locationId) => stock(sku, locationId).available,
    stock,
    setLocationActive(locationId, active) {
      const location = store.locations.get(placeOf(locationId));
      if (!location) return;
      location.active = active;
      touch(shop, location);
    },
  };
}
