import type { Body } from './rest/body.ts';
import type { WooCustomerInput, WooProductInput, WooVariationInput } from './state.ts';

/** A product of a test as a client would send it. */
export function productBody(product: WooProductInput): Body {
  const { sku = '', name = sku, price = '', salePrice = '', stock, backorders = 'no', type = 'simple' } = product;
  const { taxClass = '', status = 'publish', gtin = '', description = '', weight = '', meta = [] } = product;
  return {
    name,
    type,
    status,
    sku,
    description,
    weight,
    regular_price: price,
    sale_price: salePrice,
    tax_class: taxClass,
    meta_data: meta,
    ...(gtin === '' ? {} : { global_unique_id: gtin }),
    ...counted(stock, backorders),
    ...(product.categories ? { categories: product.categories.map((id) => ({ id })) } : {}),
    ...(product.tags ? { tags: product.tags.map((id) => ({ id })) } : {}),
    ...(product.images ? { images: product.images.map((src) => ({ src })) } : {}),
  };
}

/** A variation of a test as a client would send it. */
export function variationBody(variation: WooVariationInput): Body {
  const { sku, price = '', salePrice = '', stock, option, attribute = 'Option', gtin = '', weight = '' } = variation;
  return {
    sku,
    weight,
    regular_price: price,
    sale_price: salePrice,
    attributes: [{ name: attribute, option }],
    ...(gtin === '' ? {} : { global_unique_id: gtin }),
    ...counted(stock),
  };
}

/** A customer of a test as a client would send it. */
export function customerBody(customer: WooCustomerInput): Body {
  const { email, firstName = '', lastName = '', username = '', billing, shipping, meta = [] } = customer;
  return {
    email,
    username,
    password: 'known',
    first_name: firstName,
    last_name: lastName,
    billing: { ...billing },
    shipping: { ...shipping },
    meta_data: meta,
  };
}

function counted(stock: number | undefined, backorders = 'no'): Body {
  return stock === undefined ? {} : { manage_stock: true, stock_quantity: stock, backorders };
}
