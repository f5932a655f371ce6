import * as z from 'zod';
import { badInput, denied, refused } from './api-error.ts';
import { jsonOf, listIn, wordsIn, type Call, type Handler } from './call.ts';
import type { ListingDesk, Submission, Submitted } from './listing-desk.ts';
import { foundListings } from './listing-search.ts';
import { issuesView, listingParts, listingView, type ListingPart } from './listing-view.ts';
import { marketplaces } from './marketplaces.ts';
import type { AmazonStore } from './store.ts';

const valueSchema = z.array(z.record(z.string(), z.unknown()));
/** Only whole attributes are patched. developer-docs.amazon.com, read 2026-08-18. */
const patchSchema = z
  .object({
    op: z.enum(['add', 'replace', 'merge', 'delete']),
    path: z.string().regex(/^\/attributes\/\w+$/),
    value: valueSchema.optional(),
  })
  .transform(({ op, path, value }) => ({ op, name: path.slice('/attributes/'.length), value }));
/** The patches of a submission, in the API and in a feed. */
export const patchesSchema = z.array(patchSchema).min(1);
/** The attributes of a submission, in the API and in a feed. */
export const attributesSchema = z.record(z.string(), valueSchema);
export const requirementsSchema = z.enum(['LISTING', 'LISTING_PRODUCT_ONLY', 'LISTING_OFFER_ONLY']);

const patchBody = z.object({ productType: z.string().min(1), patches: patchesSchema });
const putBody = z.object({
  productType: z.string().min(1),
  requirements: requirementsSchema.optional(),
  attributes: attributesSchema,
});

/** Listings of 2021. */
export function listingRoutes(store: AmazonStore, desk: ListingDesk) {
  /** The marketplaces of a call, or why it is refused. */
  function marketplacesOf({ params, query }: Call): readonly string[] | Response {
    if (params['sellerId'] !== store.sellerId) return denied('role');
    const ids = listIn(query, 'marketplaceIds');
    if (!ids?.every((id) => marketplaces.has(id)))
      return badInput('listings', 'marketplaceIds is missing or not valid.');
    return ids;
  }

  function partsOf({ query }: Call): readonly ListingPart[] | Response {
    const parts = wordsIn(query, 'includedData', listingParts);
    return parts === 'wrong' ? badInput('listings', 'includedData is not valid.') : (parts ?? ['summaries']);
  }

  function submitted(call: Call, submission: Submission): Response {
    const { query } = call;
    const parts = wordsIn(query, 'includedData', ['identifiers', 'issues']);
    const mode = wordsIn(query, 'mode', ['VALIDATION_PREVIEW']);
    if (parts === 'wrong' || mode === 'wrong') return badInput('listings', 'A parameter is not valid.');
    const result = mode ? desk.preview(submission) : desk.submit(submission);
    return Response.json(submittedView(submission, result, parts ?? ['issues']));
  }

  return {
    searchListingsItems(call) {
      const places = marketplacesOf(call);
      if (places instanceof Response) return places;
      const parts = partsOf(call);
      if (parts instanceof Response) return parts;
      const found = foundListings(store, call);
      if (found instanceof Response) return found;
      const { nextToken, previousToken } = found;
      const pagination = {
        ...(nextToken === undefined ? {} : { nextToken }),
        ...(previousToken === undefined ? {} : { previousToken }),
      };
      return Response.json({
        numberOfResults: found.total,
        ...(Object.keys(pagination).length > 0 ? { pagination } : {}),
        items: found.listings.map((listing) => listingView(listing, parts, places[0] ?? store.marketplaceId)),
      });
    },
    getListingsItem(call) {
      const places = marketplacesOf(call);
      if (places instanceof Response) return places;
      const parts = partsOf(call);
      if (parts instanceof Response) return parts;
      const sku = call.params['sku'] ?? '';
      const listing = store.listings.get(sku);
      if (!listing) return refused(404, 'NOT_FOUND', `SKU '${sku}' not found in marketplace ${places.join(',')}`);
      return Response.json(listingView(listing, parts, places[0] ?? store.marketplaceId));
    },
    patchListingsItem(call) {
      const places = marketplacesOf(call);
      if (places instanceof Response) return places;
      const body = patchBody.safeParse(jsonOf(call));
      if (!body.success) return badInput('listings', 'The request body is not valid.');
      const { productType, patches } = body.data;
      return submitted(call, { kind: 'patch', ...targetOf(call, places), productType, patches });
    },
    putListingsItem(call) {
      const places = marketplacesOf(call);
      if (places instanceof Response) return places;
      const body = putBody.safeParse(jsonOf(call));
      if (!body.success || places.length !== 1) return badInput('listings', 'The request is not valid.');
      const { productType, attributes, requirements } = body.data;
      return submitted(call, { kind: 'put', ...targetOf(call, places), productType, attributes, requirements });
    },
    deleteListingsItem(call) {
      const places = marketplacesOf(call);
      if (places instanceof Response) return places;
      if (places.length !== 1) return badInput('listings', 'Provide one marketplace.');
      return submitted(call, { kind: 'delete', ...targetOf(call, places) });
    },
  } satisfies Record<string, Handler>;
}

function targetOf({ params }: Call, [marketplaceId = '']: readonly string[]) {
  return { sku: params['sku'] ?? '', marketplaceId };
}

function submittedView(submission: Submission, result: Submitted, parts: readonly ('identifiers' | 'issues')[]) {
  const { sku, marketplaceId } = submission;
  const { status, submissionId, issues, asin } = result;
  return {
    sku,
    status,
    submissionId,
    ...(parts.includes('issues') ? { issues: issuesView(issues, marketplaceId) } : {}),
    ...(parts.includes('identifiers') ? { identifiers: asin === undefined ? [] : [{ marketplaceId, asin }] } : {}),
  };
}
