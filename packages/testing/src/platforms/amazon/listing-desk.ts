import { patched, withMarketplace, type AttributePatch } from './listing-attributes.ts';
import { checkedAttribute, errorIssue } from './listing-values.ts';
import type { Notices } from './notices.ts';
import type { AmazonAttribute, AmazonAttributes, AmazonIssue, ListingRecord } from './records.ts';
import type { AmazonStore } from './store.ts';

/** What is submitted for a SKU, through the API or in a feed. */
export type Submission = { readonly sku: string; readonly marketplaceId: string } & (
  | { readonly kind: 'patch'; readonly productType: string; readonly patches: readonly AttributePatch[] }
  | {
      readonly kind: 'put';
      readonly productType: string;
      readonly attributes: Readonly<Record<string, readonly AmazonAttribute[]>>;
      readonly requirements: string | undefined;
    }
  | { readonly kind: 'delete' }
);

/** What Amazon answers to it. A preview is `VALID` where a submission is `ACCEPTED`. */
export interface Submitted {
  readonly status: 'ACCEPTED' | 'VALID' | 'INVALID';
  readonly submissionId: string;
  readonly issues: readonly AmazonIssue[];
  readonly asin: string | undefined;
}

/** Takes submissions: looks at them at once and applies them later. */
export interface ListingDesk {
  submit(submission: Submission): Submitted;
  /** Looks only. */
  preview(submission: Submission): Submitted;
}

type Judged = {
  readonly issues: readonly AmazonIssue[];
  readonly quantity: number | undefined;
  readonly price: string | undefined;
};

/** Makes the desk. What was accepted is seen by buyers `delayMs` later. */
export function listingDesk(store: AmazonStore, notices: Notices, delayMs: number): ListingDesk {
  const { listings, ids, clock, schedule } = store;

  function judge(submission: Submission): Judged {
    if (submission.kind === 'delete') return { issues: [], quantity: undefined, price: undefined };
    const listing = listings.get(submission.sku);
    const place = { marketplaceId: submission.marketplaceId, channel: listing?.channel ?? 'DEFAULT' };
    const values =
      submission.kind === 'put'
        ? Object.entries(submission.attributes)
        : submission.patches.map(({ name, op, value }) => [name, op === 'delete' ? [] : (value ?? [])] as const);
    const checked = values.map(([name, value]) => checkedAttribute(name, value, place));
    const objection = store.objections.get(submission.sku);
    return {
      issues: [
        ...(submission.kind === 'put' ? missingParts(submission, listing) : []),
        ...checked.flatMap(({ issues }) => issues),
        ...(objection?.when === 'at-once' ? [objection.issue] : []),
      ],
      quantity: checked.findLast(({ quantity }) => quantity !== undefined)?.quantity,
      price: checked.findLast(({ price }) => price !== undefined)?.price,
    };
  }

  function answerTo(submission: Submission, status: 'ACCEPTED' | 'VALID', { issues }: Judged): Submitted {
    const isInvalid = issues.some(({ severity }) => severity === 'ERROR');
    // What is not taken is matched with no product. Static sandbox cases of 2026-08-05.
    const asin = isInvalid ? undefined : listings.get(submission.sku)?.asin;
    return { status: isInvalid ? 'INVALID' : status, submissionId: ids.uuid().replaceAll('-', ''), issues, asin };
  }

  /** Who asks for the attributes sees at once what was submitted; buyers do not. */
  function noted(submission: Exclude<Submission, { readonly kind: 'delete' }>): void {
    const { sku, marketplaceId } = submission;
    const listing = listings.get(sku);
    if (!listing) {
      if (submission.kind === 'put') listings.set(sku, listingFrom(store, submission));
      return;
    }
    listing.attributes =
      submission.kind === 'put'
        ? complete(submission.attributes, marketplaceId)
        : patched(listing.attributes, submission.patches, marketplaceId);
    listing.updatedAt = clock.now();
    if (submission.kind === 'put') listing.productType = submission.productType;
  }

  function apply(submission: Submission, { quantity, price }: Judged): void {
    const listing = listings.get(submission.sku);
    if (!listing) return;
    if (submission.kind === 'delete') {
      listings.delete(submission.sku);
      return;
    }
    const objection = store.objections.get(submission.sku);
    if (objection?.when === 'later') {
      listing.issues = [objection.issue];
      listing.updatedAt = clock.now();
      return;
    }
    if (quantity === undefined && price === undefined) return;
    listing.price = price ?? listing.price;
    listing.updatedAt = clock.now();
    if (quantity !== undefined && quantity !== listing.quantity) {
      listing.quantity = quantity;
      notices.quantityChanged(listing);
    }
  }

  return {
    preview: (submission) => answerTo(submission, 'VALID', judge(submission)),
    submit(submission) {
      const judged = judge(submission);
      const answer = answerTo(submission, 'ACCEPTED', judged);
      const { submissionId, issues } = answer;
      const status = answer.status === 'INVALID' ? 'INVALID' : 'ACCEPTED';
      store.submissions.push({ sku: submission.sku, submissionId, status, at: clock.now(), issues });
      if (status === 'INVALID') return answer;
      // A patch for a SKU that nobody lists is accepted as any other and comes to nothing.
      // Said by Amazon in amzn/selling-partner-api-docs #3748, recorded by users in amzn/selling-partner-api-models #4402.
      if (submission.kind !== 'delete') noted(submission);
      schedule.after(delayMs, () => apply(submission, judged));
      return answer;
    },
  };
}

function missingParts(
  { attributes, requirements }: Extract<Submission, { readonly kind: 'put' }>,
  listing: ListingRecord | undefined,
): AmazonIssue[] {
  if (attributes['condition_type'] || listing || requirements === 'LISTING_PRODUCT_ONLY') return [];
  const message = `'condition_type' is required but not supplied.`;
  return [errorIssue('90220', message, 'condition_type', 'MISSING_ATTRIBUTE')];
}

function complete(attributes: AmazonAttributes, marketplaceId: string): AmazonAttributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, withMarketplace(name, value, marketplaceId)]),
  );
}

function listingFrom(
  { clock, ids }: AmazonStore,
  { sku, productType, attributes, marketplaceId }: Extract<Submission, { readonly kind: 'put' }>,
): ListingRecord {
  const title = attributes['item_name']?.[0]?.['value'];
  const asin = attributes['merchant_suggested_asin']?.[0]?.['value'];
  return {
    sku,
    asin: typeof asin === 'string' ? asin : ids.asin(),
    createdAt: clock.now(),
    updatedAt: clock.now(),
    productType,
    title: typeof title === 'string' ? title : sku,
    channel: 'DEFAULT',
    attributes: complete(attributes, marketplaceId),
    quantity: undefined,
    price: undefined,
    issues: [],
  };
}
