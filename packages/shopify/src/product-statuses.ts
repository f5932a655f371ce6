import { defineStatusMap, productStatuses } from '@crossdock/core';

/** Words of `Product.status`. One that is UNLISTED is sold to whoever has its link. shopify.dev, ProductStatus, API 2026-07. */
export const productStatus = defineStatusMap({
  name: 'shopify product.status',
  wire: ['ACTIVE', 'ARCHIVED', 'DRAFT', 'UNLISTED'],
  canonical: productStatuses,
  decode: { ACTIVE: 'active', ARCHIVED: 'archived', DRAFT: 'draft', UNLISTED: 'active' },
  encode: { active: 'ACTIVE', archived: 'ARCHIVED', draft: 'DRAFT' },
});
