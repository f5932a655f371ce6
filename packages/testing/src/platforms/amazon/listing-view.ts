import { wireMoney } from './order-money.ts';
import { marketplaceOf } from './marketplaces.ts';
import type { AmazonIssue, ListingRecord } from './records.ts';
import { moment } from './store.ts';

/** The parts of a listing that are asked for by name. Amazon's model of 2026-08-05, read 2026-11-23. */
export const listingParts = [
  'summaries',
  'attributes',
  'issues',
  'offers',
  'fulfillmentAvailability',
  'procurement',
  'relationships',
  'productTypes',
] as const;
export type ListingPart = (typeof listingParts)[number];

/** Whether a listing can be bought and found. */
export function listingStatus({ price, quantity, issues }: ListingRecord): ('BUYABLE' | 'DISCOVERABLE')[] {
  const isFaulty = issues.some(({ severity }) => severity === 'ERROR');
  if (price === undefined || isFaulty) return [];
  return (quantity ?? 0) > 0 ? ['BUYABLE', 'DISCOVERABLE'] : ['DISCOVERABLE'];
}

/** A listing as the API shows it: attributes as submitted, the rest as buyers see it. */
export function listingView(listing: ListingRecord, parts: readonly ListingPart[], marketplaceId: string) {
  const { currency } = marketplaceOf(marketplaceId);
  const { sku, asin, productType, price, quantity, channel } = listing;
  const has = (part: ListingPart) => parts.includes(part);
  return {
    sku,
    ...(has('summaries')
      ? {
          summaries: [
            {
              marketplaceId,
              asin,
              productType,
              conditionType: 'new_new',
              status: listingStatus(listing),
              itemName: listing.title,
              createdDate: moment(listing.createdAt),
              lastUpdatedDate: moment(listing.updatedAt),
            },
          ],
        }
      : {}),
    ...(has('attributes') ? { attributes: listing.attributes } : {}),
    ...(has('issues') ? { issues: issuesView(listing.issues, marketplaceId) } : {}),
    ...(has('offers')
      ? {
          offers:
            price === undefined
              ? []
              : [
                  {
                    marketplaceId,
                    offerType: 'B2C',
                    price: { currencyCode: currency, amount: wireMoney(price, currency).amount },
                    audience: { value: 'ALL', displayName: 'Sell on Amazon' },
                  },
                ],
        }
      : {}),
    ...(has('fulfillmentAvailability')
      ? {
          // How much lies in Amazon's own warehouses is told elsewhere.
          fulfillmentAvailability: [
            {
              fulfillmentChannelCode: channel,
              ...(channel === 'DEFAULT' && quantity !== undefined ? { quantity } : {}),
            },
          ],
        }
      : {}),
    ...(has('procurement') ? { procurement: [] } : {}),
    ...(has('relationships') ? { relationships: [] } : {}),
    ...(has('productTypes') ? { productTypes: [{ marketplaceId, productType }] } : {}),
  };
}

/** Issues with the marketplace that they hold for. */
export function issuesView(issues: readonly AmazonIssue[], marketplaceId: string) {
  return issues.map((issue) => ({ ...issue, marketplaceIds: [marketplaceId] }));
}
