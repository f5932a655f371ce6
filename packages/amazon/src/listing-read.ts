import { chunk, isCommerceError, type CommerceError } from '@crossdock/core';
import { encoded, type AmazonClient, type CallContext } from './client.ts';
import type { AmazonSettings } from './options.ts';
import { atOnce } from './at-once.ts';
import { listingPageSchema, listingSchema, type WireListing } from './wire/listing.ts';

/** What is known of each SKU: its listing, `undefined` where there is none, or why it could not be read. */
export type Listings = ReadonlyMap<string, WireListing | CommerceError | undefined>;

/** SKUs in one search. Listings Items API 2021-08-01, model of 2026-08-05. */
const skusPerSearch = 20;

/** Which parts of a listing are asked for. */
export type ListingPart = 'summaries' | 'fulfillmentAvailability' | 'attributes';

/**
 * Reads listings, twenty a call. Lists in a query are cut at their commas, so a SKU with a comma is asked for by itself.
 * What fails is the answer of its SKUs alone.
 */
export function listingReader(client: AmazonClient, settings: AmazonSettings) {
  const { sellerId, marketplaceId } = settings;
  const base = `listings/2021-08-01/items/${encoded(sellerId)}`;

  return async function read(
    skus: readonly string[],
    parts: readonly ListingPart[],
    call: CallContext,
  ): Promise<Listings> {
    const listings = new Map<string, WireListing | CommerceError | undefined>();
    const wanted = [...new Set(skus)];
    const alone = wanted.filter((sku) => sku.includes(','));
    const groups = [
      ...chunk(
        wanted.filter((sku) => !sku.includes(',')),
        skusPerSearch,
      ),
      ...alone.map((sku) => [sku]),
    ];
    await atOnce(groups, async (group) => {
      try {
        const found = await readGroup(group, parts.join(','), call);
        for (const sku of group) listings.set(sku, found.get(sku));
      } catch (error) {
        if (!isCommerceError(error)) throw error;
        for (const sku of group) listings.set(sku, error);
      }
    });
    return listings;
  };

  async function readGroup(
    group: readonly string[],
    includedData: string,
    call: CallContext,
  ): Promise<ReadonlyMap<string, WireListing>> {
    const [only] = group;
    if (only?.includes(',')) {
      const found = await readOne(only, includedData, call);
      return new Map(found ? [[only, found]] : []);
    }
    const found = new Map<string, WireListing>();
    let pageToken: string | undefined;
    do {
      const query = { ...common(includedData), identifiersType: 'SKU', pageSize: String(skusPerSearch), pageToken };
      const page = await client.send({
        ...about(call),
        api: 'searchListingsItems',
        path: `${base}?identifiers=${group.map(encoded).join(',')}&${queryOf(query)}`,
        answer: listingPageSchema,
      });
      for (const item of page.items) found.set(item.sku, item);
      const next: string | undefined = page.pagination?.nextToken ?? undefined;
      // A search by so few SKUs fits on a page; a place that comes again is a circle.
      pageToken = next === pageToken ? undefined : next;
    } while (pageToken !== undefined && pageToken !== '' && found.size < group.length);
    return found;
  }

  async function readOne(sku: string, includedData: string, call: CallContext): Promise<WireListing | undefined> {
    try {
      return await client.send({
        ...about(call),
        api: 'getListingsItem',
        path: `${base}/${encoded(sku)}?${queryOf(common(includedData))}`,
        answer: listingSchema,
      });
    } catch (error) {
      if (isCommerceError(error, 'record.missing')) return undefined;
      throw error;
    }
  }

  function common(includedData: string) {
    return { marketplaceIds: marketplaceId, includedData };
  }
}

function about({ operation, lane, signal }: CallContext) {
  return { operation, lane, signal, method: 'GET', safety: 'read' } as const;
}

/** Written like a path: some of Amazon's readers do not take a plus for a blank. */
function queryOf(query: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(query)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value.split(',').map(encoded).join(',')}`]))
    .join('&');
}
