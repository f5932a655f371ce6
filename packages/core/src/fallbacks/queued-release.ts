import * as z from 'zod';
import { CommerceError } from '../errors/commerce-error.ts';
import type { FlowContext, Needs } from '../flows/flow.ts';
import type { EventType } from '../model/event.ts';
import { fulfillmentDraftSchema, type FulfillmentDraft } from '../model/fulfillment.ts';
import type { FulfillmentOutcome, Offers } from '../ports/catalogue.ts';

/** What the queue keeps of a release: to which warehouse, in which step of its run, and what is to be shipped. */
export const queuedReleaseSchema = z.object({
  queuedRelease: z.string(),
  step: z.string(),
  draft: fulfillmentDraftSchema,
});

/** One order to release, and to whom. */
export interface ReleaseOptions<W extends string> {
  /** The system's name, one of the flow's needs with `fulfillments.request`. */
  readonly warehouse: W;
  readonly draft: FulfillmentDraft;
  /** The name of the step, for a flow that releases more than once. Default `release`. */
  readonly step?: string | undefined;
}

/**
 * Asks a warehouse to ship, as a part of a flow. What is to be shipped is written down first, so that it can be seen and
 * exported while the warehouse is down (`releaseQueue`, `manualExport`); the request itself waits by the run's own retries
 * until the warehouse is back. Whoever exports the order takes the request's key, so it is never sent as well: this then
 * gives the outcome of the export, whose fulfillment is named `export/<claim>/<reference>`.
 *
 * Throws `record.invalid` for a draft that `fulfillmentDraftSchema` does not take, and for one of which nothing is to be
 * shipped; what the schema does not know is left out.
 */
export async function queuedRelease<W extends string>(
  {
    step,
    systems,
  }: {
    readonly step: FlowContext<EventType, Needs>['step'];
    readonly systems: { readonly [R in W]: Offers<'fulfillments.request'> };
  },
  { warehouse, draft, step: name = 'release' }: ReleaseOptions<W>,
): Promise<FulfillmentOutcome> {
  const queued = await step(`${name}-queued`, async () => ({
    queuedRelease: warehouse,
    step: name,
    draft: parsed(draft, warehouse),
  }));
  // What was written down is asked for, also by an attempt that would draw it up otherwise.
  return step(name, ({ key }) => systems[warehouse].fulfillments.request(queued.draft, { idempotencyKey: key }));
}

/** A draft that is kept otherwise than it is sent could not be exported under the same request. */
function parsed(draft: FulfillmentDraft, warehouse: string): FulfillmentDraft {
  const result = fulfillmentDraftSchema.safeParse(draft);
  if (result.success && result.data.lines.some(({ quantity }) => quantity > 0)) return result.data;
  const places = result.error?.issues.map(({ path, message }) => `"${path.join('.')}" ${message}`).join('; ');
  throw new CommerceError({
    code: 'record.invalid',
    message: `Fulfillment order "${draft.number}" was not released to "${warehouse}": ${places ?? 'every line has quantity 0, so nothing of it is to be shipped'}. Correct the order or the flow that drew it up, then replay.`,
    refs: [draft.order],
  });
}
