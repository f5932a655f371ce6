import * as z from 'zod';
import { badInput } from './api-error.ts';
import type { Handler } from './call.ts';
import { marketplaceOf } from './marketplaces.ts';
import { readToken, writtenToken } from './page-token.ts';
import { listUpTo, momentParameter, parametersOf } from './query.ts';
import type { ListingRecord } from './records.ts';
import { moment, type AmazonStore } from './store.ts';

const pageSize = 50;
/** Amazon's model of the FBA inventory of 2026-08-05, read 2026-11-23. */
const tokenLifeMs = 30_000;

const inventorySchema = z.object({
  granularityType: z.literal('Marketplace'),
  granularityId: z.string().min(1),
  marketplaceIds: listUpTo(1),
  details: z.enum(['true', 'false']).default('false'),
  sellerSkus: listUpTo(50).optional(),
  sellerSku: z.string().optional(),
  startDateTime: momentParameter.optional(),
});

/** Where the seller sells, and what lies in Amazon's own warehouses. */
export function accountRoutes(store: AmazonStore) {
  const { clock } = store;
  return {
    getMarketplaceParticipations() {
      const { id, countryCode, name, currency, language, domain } = marketplaceOf(store.marketplaceId);
      const marketplace = {
        id,
        countryCode,
        name,
        defaultCurrencyCode: currency,
        defaultLanguageCode: language,
        domainName: domain,
      };
      const participation = { isParticipating: true, hasSuspendedListings: false };
      return Response.json({ payload: [{ marketplace, storeName: 'Crossdock', participation }] });
    },
    getInventorySummaries({ query }) {
      const asked = inventorySchema.safeParse(parametersOf(query));
      if (!asked.success) return badInput('inventory');
      const { granularityId, sellerSkus, sellerSku, startDateTime = 0, details } = asked.data;
      const skus = sellerSku === undefined ? sellerSkus : [sellerSku];
      const token = query.get('nextToken');
      const from = token === null ? '0' : readToken(token, 'inventory', clock.now());
      if (from === undefined) return badInput('inventory', 'The nextToken is not valid.');
      const found = [...store.listings.values()].filter(
        ({ channel, sku, updatedAt }) =>
          channel !== 'DEFAULT' && (skus?.includes(sku) ?? true) && updatedAt >= startDateTime,
      );
      const end = Number(from) + pageSize;
      return Response.json({
        payload: {
          granularity: { granularityType: 'Marketplace', granularityId },
          inventorySummaries: found.slice(Number(from), end).map((listing) => summary(listing, details === 'true')),
        },
        ...(found.length > end
          ? {
              pagination: {
                nextToken: writtenToken({
                  filter: 'inventory',
                  after: String(end),
                  expiresAt: clock.now() + tokenLifeMs,
                }),
              },
            }
          : {}),
      });
    },
  } satisfies Record<string, Handler>;
}

function summary({ asin, sku, title, quantity = 0, updatedAt }: ListingRecord, isDetailed: boolean) {
  return {
    asin,
    fnSku: asin.replace(/^B0/, 'X0'),
    sellerSku: sku,
    condition: 'NewItem',
    ...(isDetailed
      ? {
          inventoryDetails: {
            fulfillableQuantity: quantity,
            inboundWorkingQuantity: 0,
            inboundShippedQuantity: 0,
            inboundReceivingQuantity: 0,
          },
        }
      : {}),
    lastUpdatedTime: moment(updatedAt),
    productName: title,
    totalQuantity: quantity,
  };
}
