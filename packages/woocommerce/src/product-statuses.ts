import { defineStatusMap, productStatuses } from '@crossdock/core';

/**
 * Statuses of products are those of WordPress's posts. One that is private is shown to nobody but the shop's staff, which is
 * how a product is taken off sale without deleting it. developer.woocommerce.com, REST API v3, products, read 2026-11-26
 */
export const productStatus = defineStatusMap({
  name: 'woocommerce product.status',
  wire: ['publish', 'draft', 'pending', 'future', 'private', 'auto-draft'],
  canonical: productStatuses,
  decode: {
    publish: 'active',
    draft: 'draft',
    pending: 'draft',
    future: 'draft',
    'auto-draft': 'draft',
    private: 'archived',
  },
  encode: { active: 'publish', draft: 'draft', archived: 'private' },
});
