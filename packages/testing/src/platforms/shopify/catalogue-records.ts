import type { Minor } from './money.ts';

/** Something a product is chosen by, such as its size, and what there is to choose from. */
export type OptionRecord = {
  readonly id: bigint;
  name: string;
  values: readonly { readonly id: bigint; readonly name: string }[];
};

/** A picture of a product. */
export type MediaRecord = {
  readonly id: bigint;
  readonly url: string;
  alt: string | undefined;
  readonly createdAt: number;
};

export type ProductRecord = {
  readonly id: bigint;
  title: string;
  handle: string;
  vendor: string;
  productType: string;
  descriptionHtml: string;
  /** A word that only a newer version of the platform knows can stand here too. */
  status: string;
  tags: readonly string[];
  seo: { readonly title: string | undefined; readonly description: string | undefined };
  templateSuffix: string | undefined;
  /** The id of its place in Shopify's taxonomy, without what stands before it: `aa-1-13`. */
  category: string | undefined;
  giftCard: boolean;
  /** In the order in which buyers choose. */
  options: readonly OptionRecord[];
  collections: readonly bigint[];
  media: readonly MediaRecord[];
  publishedAt: number | undefined;
  readonly createdAt: number;
  updatedAt: number;
};

/** Products that are shown together. */
export type CollectionRecord = {
  readonly id: bigint;
  title: string;
  readonly handle: string;
  readonly createdAt: number;
  updatedAt: number;
};

/** What an app wrote on a record. */
export type MetafieldRecord = {
  readonly id: bigint;
  /** The global id of what it is written on. */
  readonly ownerId: string;
  readonly namespace: string;
  readonly key: string;
  type: string;
  value: string;
  readonly createdAt: number;
  updatedAt: number;
};

/** That a metafield of one kind of record has to be of a type, and whether its values are unique. */
export type MetafieldDefinitionRecord = {
  readonly ownerType: string;
  readonly namespace: string;
  readonly key: string;
  readonly type: string;
};

/** A `productSet` that was asked to be done later. */
export type ProductOperationRecord = {
  readonly id: bigint;
  status: 'CREATED' | 'ACTIVE' | 'COMPLETE';
  productId: bigint | undefined;
  userErrors: readonly unknown[];
};

/** What the shop does when none is left: turns buyers away, or goes on selling. */
export type InventoryPolicy = 'DENY' | 'CONTINUE';

/** How heavy something is. */
export type Weight = { readonly unit: 'GRAMS' | 'KILOGRAMS' | 'OUNCES' | 'POUNDS'; readonly value: number };

export type VariantRecord = {
  readonly id: bigint;
  readonly productId: bigint;
  readonly itemId: bigint;
  /** The names of its choices, with slashes between. */
  title: string;
  /** The ids of its option values, in the order of the product's options. */
  choice: readonly bigint[];
  sku: string | undefined;
  barcode: string | undefined;
  price: Minor;
  compareAtPrice: Minor | undefined;
  cost: Minor | undefined;
  taxable: boolean;
  position: number;
  /** Whether its stock is counted. What is not counted is never sold out. */
  tracked: boolean;
  /** Whether it is still sold when none is left. */
  inventoryPolicy: InventoryPolicy;
  requiresShipping: boolean;
  /** As it was given; `grams` is the same in whole grams. */
  weight: Weight;
  grams: number;
  countryCodeOfOrigin: string | undefined;
  provinceCodeOfOrigin: string | undefined;
  harmonizedSystemCode: string | undefined;
  readonly createdAt: number;
  updatedAt: number;
};

/** The names of what a level counts. */
export const quantityNames = [
  'available',
  'on_hand',
  'committed',
  'incoming',
  'reserved',
  'damaged',
  'safety_stock',
  'quality_control',
] as const;
/** One of `quantityNames`. */
export type QuantityName = (typeof quantityNames)[number];

export type LevelRecord = {
  readonly id: bigint;
  readonly itemId: bigint;
  readonly locationId: bigint;
  readonly quantities: Record<QuantityName, number>;
  /** Whether the item is stocked there now. What is not keeps its level, and is shown only to who asks for it. */
  active: boolean;
  readonly createdAt: number;
  updatedAt: number;
};
