import type { InventoryPolicy, QuantityName } from './records.ts';

/** Something an app writes on a record. */
export interface MetafieldInput {
  readonly namespace: string;
  readonly key: string;
  /** Default "single_line_text_field". */
  readonly type?: string | undefined;
  readonly value: string;
}

/** A product to sell. `stock` is at the first location, or by location id. */
export interface ProductInput {
  readonly title: string;
  readonly vendor?: string | undefined;
  readonly handle?: string | undefined;
  readonly productType?: string | undefined;
  readonly descriptionHtml?: string | undefined;
  /** A place in Shopify's taxonomy, such as "aa-1-13". */
  readonly category?: string | undefined;
  /** Default `ACTIVE`. A word that no version knows stands for a newer version of the platform. */
  readonly status?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly giftCard?: boolean | undefined;
  /** What buyers choose by, such as "Size". Default "Title". */
  readonly options?: readonly string[] | undefined;
  /** Ids that addCollection answered. */
  readonly collections?: readonly string[] | undefined;
  /** Addresses of pictures. */
  readonly images?: readonly string[] | undefined;
  readonly metafields?: readonly MetafieldInput[] | undefined;
  readonly variants: readonly {
    readonly sku?: string | undefined;
    /** For products without options of their own. Default the SKU, or "Default Title" for a variant that is alone. */
    readonly title?: string | undefined;
    /** What is chosen, in the order of the product's options. */
    readonly options?: readonly string[] | undefined;
    readonly barcode?: string | undefined;
    readonly price: string;
    readonly compareAtPrice?: string | undefined;
    readonly cost?: string | undefined;
    readonly stock?: number | Readonly<Record<string, number>> | undefined;
    /** Whether its stock is counted. Default true. */
    readonly tracked?: boolean | undefined;
    /** What happens when none is left. Default `DENY`: buyers are turned away. */
    readonly inventoryPolicy?: InventoryPolicy | undefined;
    readonly requiresShipping?: boolean | undefined;
    readonly taxable?: boolean | undefined;
    readonly grams?: number | undefined;
    readonly metafields?: readonly MetafieldInput[] | undefined;
  }[];
}

/** A variant as the shop has it. */
export interface ShopVariant {
  /** The global id. */
  readonly id: string;
  readonly productId: string;
  readonly inventoryItemId: string;
  readonly title: string;
  readonly sku: string | undefined;
  readonly barcode: string | undefined;
  /** In the shop's currency, as the API shows it ("10.00"). */
  readonly price: string;
  readonly compareAtPrice: string | undefined;
  readonly cost: string | undefined;
  readonly tracked: boolean;
  readonly inventoryPolicy: InventoryPolicy;
  /** What is chosen, by the names of the product's options. */
  readonly options: Readonly<Record<string, string>>;
  readonly grams: number;
  readonly updatedAt: string;
}

/** A product as the shop has it. */
export interface ShopProduct {
  /** The global id. */
  readonly id: string;
  readonly title: string;
  readonly handle: string;
  readonly descriptionHtml: string;
  readonly vendor: string;
  readonly productType: string;
  readonly status: string;
  readonly tags: readonly string[];
  readonly category: string | undefined;
  readonly giftCard: boolean;
  readonly options: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** Global ids. */
  readonly collections: readonly string[];
  /** Addresses of pictures. */
  readonly images: readonly string[];
  readonly metafields: readonly Required<MetafieldInput>[];
  readonly variants: readonly ShopVariant[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What a product's making answers. */
export interface MadeProduct {
  readonly id: string;
  readonly variants: readonly {
    readonly id: string;
    readonly sku: string | undefined;
    readonly inventoryItemId: string;
  }[];
}

/** What the shop's owner does to products and stock, and what can be seen of them. */
export interface CatalogueState {
  /** Tells products/create. */
  addProduct(product: ProductInput): MadeProduct;
  /** Opens a collection and answers its id. */
  addCollection(collection: { readonly title: string; readonly handle?: string | undefined }): string;
  /** Gives a collection another title, or changes nothing but the moment of its last change. */
  changeCollection(id: string, change?: { readonly title?: string }): void;
  /** Oldest first. */
  readonly products: readonly ShopProduct[];
  /** By its global id. Throws when there is none. */
  product(id: string): ShopProduct;
  /** The variant of a SKU; the first one where several have it. Throws for a SKU that no variant has. */
  variant(sku: string): ShopVariant;
  /** Changes a product as a person does in the admin. Tells products/update. */
  changeProduct(
    id: string,
    change: {
      readonly title?: string;
      readonly descriptionHtml?: string;
      readonly vendor?: string;
      readonly productType?: string;
      readonly status?: string;
      readonly tags?: readonly string[];
    },
  ): ShopProduct;
  /** Changes a variant as a person does in the admin. Tells products/update. */
  changeVariant(
    sku: string,
    change: {
      readonly sku?: string;
      readonly barcode?: string;
      readonly price?: string;
      readonly compareAtPrice?: string;
      readonly cost?: string;
      readonly tracked?: boolean;
      readonly inventoryPolicy?: InventoryPolicy;
    },
  ): ShopVariant;
  /** Changes a price by hand. Tells products/update. */
  setPrice(sku: string, price: string, compareAtPrice?: string): ShopVariant;
  /** Changes nothing but the moment of the last change. Tells products/update. */
  touchProduct(id: string): ShopProduct;
  /** The same for a variant, and for its product. */
  touchVariant(sku: string): ShopVariant;
  /** Takes a product away with its variants and their stock. Tells products/delete. */
  deleteProduct(id: string): void;
  /** Writes a metafield on any record, by its global id, as another app does. */
  setMetafield(ownerId: string, field: MetafieldInput): void;
  /** What apps wrote on a record, by its global id. */
  metafields(ownerId: string): readonly Required<MetafieldInput>[];
  /**
   * Makes metafields of this name unique on records of a kind ("PRODUCT"): type `id`. Without it records cannot be found
   * by a custom id.
   */
  defineCustomId(ownerType: string, namespace: string, key: string): void;
  /**
   * Lets the search find a record only once what this gives is called, as an index does that lags behind. By its id it is
   * there. Takes the global id of a product, variant, collection, customer, order,
   * fulfillment order or level.
   */
  unlist(id: string): () => void;

  /** Counts a SKU anew at a location, by default the first. */
  setStock(sku: string, available: number, locationId?: string): void;
  /** The same, as somebody in the admin does it while a program believes the old number. */
  setAvailable(sku: string, available: number, locationId?: string): void;
  /** Puts units of a SKU under another name than `available` ("damaged"), by default at the first location. */
  setQuantity(sku: string, name: Exclude<QuantityName, 'on_hand'>, quantity: number, locationId?: string): void;
  /** Ends, or starts again, that a SKU is stocked at a location. Its level stays, and is hidden while it is not active. */
  setStocked(sku: string, locationId: string, active: boolean): void;
  /** The global id of the level of a SKU at a location, by default the first. Throws when there is none. */
  levelId(sku: string, locationId?: string): string;
  /** What may be sold of a SKU, at one location or summed over all. Throws for a SKU that no variant has. */
  available(sku: string, locationId?: string): number;
  /** Quantities of a SKU, at one location or summed over all. Throws for a SKU that no variant has. */
  stock(sku: string, locationId?: string): Readonly<Record<QuantityName, number>>;
  /** Opens a location that is not active, or closes an open one. */
  setLocationActive(locationId: string, active: boolean): void;
}
