import * as z from 'zod';
import { badInput, denied, refused } from './api-error.ts';
import { jsonOf, type Call, type Handler } from './call.ts';
import type { ListingDesk, Submission, Submitted } from './listing-desk.ts';
import { foundListings } from './listing-search.ts';
import { issuesView, listingParts, listingView } from './listing-view.ts';
import { marketplaces } from './marketplaces.ts';
import { list, listOf, parametersOf } from './query.ts';
import { attributesSchema, patchesSchema, requirementsSchema } from './submission-schema.ts';
import type { AmazonStore } from './store.ts';

const readSchema = z.object({ includedData: listOf(listingParts).default(['summaries']) });
const writeSchema = z.object({
  includedData: listOf(['identifiers', 'issues']).default(['issues']),
  mode: z.literal('VALIDATION_PREVIEW').optional(),
});
const patchBody = z.object({ productType: z.string().min(1), patches: patchesSchema });
const putBody = z.object({
  productType: z.string().min(1),
  requirements: requirementsSchema.optional(),
  attributes: attributesSchema,
});

/** Listings of 2021. */
export function listingRoutes(store: AmazonStore, desk: ListingDesk) {
  /** Why the seller or the marketplaces of a call are not right. */
  function whatIsWrong({ params, query }: Call, most = Number.POSITIVE_INFINITY): Response | undefined {
    if (params['sellerId'] !== store.sellerId) return denied('role');
    const ids = idsIn(query);
    const areKnown = ids.length > 0 && ids.length <= most && ids.every((id) => marketplaces.has(id));
    return areKnown ? undefined : badInput('listings', 'marketplaceIds is missing or not valid.');
  }

  const isHere = ({ query }: Call) => idsIn(query).includes(store.marketplaceId);

  function submitted({ query }: Call, submission: Submission): Response {
    const asked = writeSchema.safeParse(parametersOf(query));
    if (!asked.success) return badInput('listings', 'A parameter is not valid.');
    const result = asked.data.mode ? desk.preview(submission) : desk.submit(submission);
    return Response.json(submittedView(submission, result, asked.data.includedData));
  }

  return {
    searchListingsItems(call) {
      const wrong = whatIsWrong(call);
      if (wrong) return wrong;
      const asked = readSchema.safeParse(parametersOf(call.query));
      if (!asked.success) return badInput('listings', 'includedData is not valid.');
      const found = foundListings(isHere(call) ? store : { ...store, listings: new Map() }, call);
      if (found instanceof Response) return found;
      const { nextToken, previousToken, total, listings } = found;
      const pagination = {
        ...(nextToken === undefined ? {} : { nextToken }),
        ...(previousToken === undefined ? {} : { previousToken }),
      };
      return Response.json({
        numberOfResults: total,
        ...(Object.keys(pagination).length > 0 ? { pagination } : {}),
        items: listings.map((listing) => listingView(listing, asked.data.includedData, store.marketplaceId)),
      });
    },
    getListingsItem(call) {
      const wrong = whatIsWrong(call);
      if (wrong) return wrong;
      const asked = readSchema.safeParse(parametersOf(call.query));
      if (!asked.success) return badInput('listings', 'includedData is not valid.');
      const sku = call.params['sku'] ?? '';
      const listing = isHere(call) ? store.listings.get(sku) : undefined;
      if (!listing)
        return refused(404, 'NOT_FOUND', `SKU '${sku}' not found in marketplace ${idsIn(call.query).join()}`);
      return Response.json(listingView(listing, asked.data.includedData, store.marketplaceId));
    },
    patchListingsItem(call) {
      const wrong = whatIsWrong(call);
      if (wrong) return wrong;
      const body = patchBody.safeParse(jsonOf(call));
      if (!body.success) return badInput('listings', 'The request body is not valid.');
      return submitted(call, { kind: 'patch', ...targetOf(call), ...body.data });
    },
    putListingsItem(call) {
      const wrong = whatIsWrong(call, 1);
      if (wrong) return wrong;
      const body = putBody.safeParse(jsonOf(call));
      if (!body.success) return badInput('listings', 'The request body is not valid.');
      const { productType, attributes, requirements } = body.data;
      return submitted(call, { kind: 'put', ...targetOf(call), productType, attributes, requirements });
    },
    deleteListingsItem(call) {
      return whatIsWrong(call, 1) ?? submitted(call, { kind: 'delete', ...targetOf(call) });
    },
  } satisfies Record<string, Handler>;
}

function idsIn(query: URLSearchParams): readonly string[] {
  return list.safeParse(parametersOf(query)['marketplaceIds']).data ?? [];
}

function targetOf({ params, query }: Call) {
  return { sku: params['sku'] ?? '', marketplaceId: idsIn(query)[0] ?? '' };
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
