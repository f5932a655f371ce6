import * as z from 'zod';
import { CommerceError } from '../errors/commerce-error.ts';
import { fulfillmentDraftSchema, type FulfillmentDraft } from '../model/fulfillment.ts';
import type { RunRecord, StoreSet } from '../ports/stores.ts';
import { hexOf, sha256 } from '../rules/fingerprint.ts';

/** One order that an export has taken: the run that wanted it released, and how the file calls it. */
const claimedReleaseSchema = z.object({
  run: z.string(),
  reference: z.string(),
  warehouse: z.string(),
  draft: fulfillmentDraftSchema,
});
export type ClaimedRelease = z.infer<typeof claimedReleaseSchema>;

/** What there is to ship of a draft: a line that the buyer took back stands in it with quantity 0. */
export function linesToShip({ lines }: FulfillmentDraft): FulfillmentDraft['lines'] {
  return lines.filter(({ quantity }) => quantity > 0);
}

/** The run under which everything of one claim is kept. */
export function exportRun(claim: string): string {
  return `manual-export/${claim}`;
}

/** What the file calls a release: short, and the same however a spreadsheet treats an order's own number. */
export async function referenceOf(key: string): Promise<string> {
  return `R${hexOf(await sha256(key)).slice(0, 11)}`;
}

/** The fulfillment that stands for an exported release, for the run and for whoever confirms it. */
export function exportedRef(warehouse: string, claim: string, reference: string) {
  return { system: warehouse, kind: 'fulfillment' as const, id: `export/${claim}/${reference}` };
}

/** What belongs to a claim, by its order's number. `undefined`: there is no such claim. */
export async function claimedUnder(
  { runs }: Pick<StoreSet, 'runs'>,
  claim: string,
): Promise<readonly ClaimedRelease[] | undefined> {
  const run: RunRecord | undefined = await runs.get(exportRun(claim));
  if (run === undefined) return undefined;
  const steps = await runs.steps(run.id);
  const claimed = [...steps.values()].flatMap((step) => claimedReleaseSchema.safeParse(step).data ?? []);
  // A store gives steps in no order of its own.
  return claimed.toSorted(
    (one, other) => inOrder(one.draft, other.draft) || (one.reference < other.reference ? -1 : 1),
  );
}

function inOrder(one: FulfillmentDraft, other: FulfillmentDraft): number {
  return one.number < other.number ? -1 : one.number > other.number ? 1 : 0;
}

const progressSchema = z.object({ taken: z.int().nonnegative(), closed: z.boolean() });
/** How many orders a claim has, and whether it takes no more. */
export type ClaimProgress = z.infer<typeof progressSchema>;

/** Reads how far a claim has come. Read inside a unit of work, it stays so until the unit ends. */
export async function progressOf(inside: Pick<StoreSet, 'cursors'>, claim: string) {
  const kept = await inside.cursors.read(exportRun(claim));
  const progress: ClaimProgress =
    kept === undefined ? { taken: 0, closed: false } : progressSchema.parse(JSON.parse(kept));
  return {
    ...progress,
    /** Throws, and takes the unit of work with it, when somebody else was faster. */
    async advance(next: ClaimProgress): Promise<void> {
      if (await inside.cursors.advance(exportRun(claim), kept, JSON.stringify(next))) return;
      throw new CommerceError({
        code: 'platform.conflict',
        message: `Nothing more was exported under claim "${claim}": somebody else exports under it now. Call it again.`,
      });
    },
  };
}
