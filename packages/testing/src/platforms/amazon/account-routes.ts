import { badInput } from './api-error.ts';
import { listIn, momentIn, type Handler } from './call.ts';
import { marketplaceOf } from './marketplaces.ts';
import { readToken, writtenToken } from './page-token.ts';
import type { ListingRecord } from './records.ts';
import { moment, type AmazonStore } from './store.ts';

const pageSize = 50;
/** Amazon's model of the FBA inventory of 2026-08-05, read 2026-11-23. */
const tokenLifeMs = 30_000;

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
      const skus = listIn(query, 'sellerSkus') ?? listIn(query, 'sellerSku');
      const since = momentIn(query, 'startDateTime');
      const marketplaceIds = listIn(query, 'marketplaceIds');
      const granularityId = query.get('granularityId');
      const isAsked = query.get('granularityType') === 'Marketplace' && marketplaceIds?.length === 1;
      if (!isAsked || granularityId === null || since === 'wrong' || (skus?.length ?? 0) > 50)
        return badInput('inventory');
      const token = query.get('nextToken');
      const from = token === null ? '0' : readToken(token, 'inventory', clock.now());
      if (from === undefined) return badInput('inventory', 'The nextToken is not valid.');
      const found = [...store.listings.values()].filter(
        ({ channel, sku, updatedAt }) =>
          channel !== 'DEFAULT' && (skus?.includes(sku) ?? true) && updatedAt >= (since ?? 0),
      );
      const end = Number(from) + pageSize;
      const isDetailed = query.get('details') === 'true';
      return Response.json({
        payload: {
          granularity: { granularityType: 'Marketplace', granularityId },
          inventorySummaries: found.slice(Number(from), end).map((listing) => summary(listing, isDetailed)),
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
