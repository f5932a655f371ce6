import * as z from 'zod';
import { errorRules, type ErrorCode } from '../errors/codes.ts';
import { CommerceError, type CommerceErrorInit } from '../errors/commerce-error.ts';
import { mayHaveWritten } from '../errors/may-have-written.ts';
import type { Json } from '../model/json.ts';
import { anyRefSchema } from '../model/ref.ts';
import type { WriteAttempt } from '../policies/idempotent-write.ts';
import { isForgotten } from '../policies/key-validity.ts';
import { outlived } from '../policies/write-errors.ts';
import type { ItemOutcome } from '../ports/outcome.ts';
import { storedForm } from '../rules/json-text.ts';
import type { Write } from './guarded-systems.ts';

const keptErrorSchema = z.object({
  code: z.custom<ErrorCode>((code) => typeof code === 'string' && Object.hasOwn(errorRules, code)),
  message: z.string(),
  system: z.string().optional(),
  operation: z.string().optional(),
  refs: z.array(anyRefSchema),
  retryAfterMs: z.number().optional(),
  details: z.json().optional(),
});

type Failed = {
  readonly ok: false;
  readonly item: Json;
  readonly error: CommerceErrorInit;
  readonly since?: string | undefined;
};
/** An item's answer as the store keeps it: of one in doubt also since when it may have been written. */
type KeptOutcome = { readonly ok: true; readonly item: Json } | Failed;

/** The answer to a batch as the store keeps it. */
export const itemOutcomesSchema: z.ZodType<readonly KeptOutcome[]> = z.array(
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), item: z.json() }),
    z.object({ ok: z.literal(false), item: z.json(), error: keptErrorSchema, since: z.string().optional() }),
  ]),
);

/** Makes one request once for its key. */
export type Once = (
  write: Write,
  request: readonly unknown[],
  key: string,
  send: (taken: AbortSignal, attempt: WriteAttempt) => Promise<Json>,
  isInDoubt?: (result: Json) => boolean,
) => Promise<Json>;

/**
 * Sends a batch of which a part may fail. What was written stays so; each further call sends only the items that failed
 * before, under a key of their own, because to the platform they are another request. Where nobody knows of any item, the
 * same request is repeated under its own key, which the platform may know. Items of which nobody knows are not sent any more
 * when the platform may have forgotten the key that they went out with.
 */
export async function pushOnce(once: Once, write: Write): Promise<readonly ItemOutcome<Json>[]> {
  const [items, ...more] = write.request;
  // The port says that a batch is a list.
  const wanted = items as readonly Json[];
  const outcomes = new Map<number, KeptOutcome>();
  let open = [...wanted.keys()];
  for (let round = 1; ; round++) {
    const request = [open.map((place) => wanted[place]), ...more];
    const idempotencyKey = roundKey(write.options.idempotencyKey, round);
    let isSent = false;
    let isAsked = false;
    const send = async (taken: AbortSignal, attempt: WriteAttempt): Promise<Json> => {
      isSent = true;
      const lapsed = new Map(open.flatMap((place) => lapsedAt(place, outcomes.get(place), write, attempt)));
      const [first] = lapsed.values();
      // A repeat has to be the same request, so it goes out with all of its items or not at all.
      if (attempt.isRepeat && first) throw new CommerceError(first.error);
      const fresh = open.filter((place) => !lapsed.has(place));
      const part = { request: [fresh.map((place) => wanted[place]), ...more], idempotencyKey, taken };
      isAsked = fresh.length > 0;
      const answered = fresh.length === 0 ? [] : keptOutcomes(write, fresh.length, await write.send(part));
      const answers = new Map<number, KeptOutcome>(lapsed);
      for (const [index, place] of fresh.entries()) {
        const outcome = answered[index];
        if (outcome) answers.set(place, dated(outcome, outcomes.get(place), attempt));
      }
      return storedForm(
        open.flatMap((place) => answers.get(place) ?? []),
        'The answer to a batch',
      );
    };
    // What was not sent at all is in no doubt under this key.
    const isInDoubt = (answer: Json) => isAsked && itemOutcomesSchema.parse(answer).every(isUncertain);
    const result = await once(write, request, idempotencyKey, send, isInDoubt);
    for (const [index, outcome] of itemOutcomesSchema.parse(result).entries()) {
      outcomes.set(open[index] ?? index, outcome);
    }
    open = open.filter((place) => outcomes.get(place)?.ok !== true);
    if (isSent || open.length === 0) return [...wanted.keys()].flatMap((place) => revived(outcomes.get(place)));
  }
}

/** The key under which a round of a batch is sent, from 1: each after the first has only what failed before. */
export function roundKey(key: string, round: number): string {
  return round === 1 ? key : `${key}/rest-${round}`;
}

/** A batch's answer holds errors, which are kept as what they say. */
function keptOutcomes({ system, operation }: Write, count: number, result: unknown): readonly KeptOutcome[] {
  // The port says that a batch answers per item.
  const outcomes = result as readonly ItemOutcome<Json>[];
  if (outcomes.length !== count) {
    throw new CommerceError({
      code: 'response.unexpected',
      message: `"${operation}" at "${system}" sent ${count} items and answered for ${outcomes.length}, so nobody knows which of them were written. Correct the connector, then replay.`,
      system,
      operation,
    });
  }
  return outcomes.map((outcome): KeptOutcome => {
    const item = storedForm(outcome.item, `An item of "${operation}"`);
    if (outcome.ok) return { ok: true, item };
    const { code, message, refs, retryAfterMs, details, system: from, operation: at } = outcome.error;
    const error = storedForm({ code, message, refs, retryAfterMs, details, system: from, operation: at }, 'An error');
    return { ok: false, item, error: keptErrorSchema.parse(error) };
  });
}

/** Of an item in doubt, since when: of the first attempt of which nobody knows. One that clearly failed is in none. */
function dated(outcome: KeptOutcome, before: KeptOutcome | undefined, { since }: WriteAttempt): KeptOutcome {
  if (outcome.ok || !isUncertain(outcome)) return outcome;
  return { ...outcome, since: sinceOf(before) ?? since };
}

function isUncertain(outcome: KeptOutcome): boolean {
  return !outcome.ok && mayHaveWritten(new CommerceError(outcome.error));
}

/** The answer for an item that may not be sent again any more. Empty where it may. */
function lapsedAt(
  place: number,
  before: KeptOutcome | undefined,
  { system, operation, options, keyValidMs }: Write,
  { at }: WriteAttempt,
): readonly (readonly [number, Failed])[] {
  const since = sinceOf(before);
  if (before === undefined || before.ok || since === undefined || keyValidMs === undefined) return [];
  if (!isForgotten(Date.parse(at) - Date.parse(since), keyValidMs)) return [];
  const { code, message, details } = outlived({ key: options.idempotencyKey, system, operation }, since, keyValidMs);
  const { refs } = before.error;
  return [[place, { ok: false, item: before.item, error: { code, message, refs, details, system, operation }, since }]];
}

function sinceOf(outcome: KeptOutcome | undefined): string | undefined {
  return outcome === undefined || outcome.ok ? undefined : outcome.since;
}

function revived(outcome: KeptOutcome | undefined): readonly ItemOutcome<Json>[] {
  if (outcome === undefined) return [];
  const { item } = outcome;
  return [outcome.ok ? { ok: true, item } : { ok: false, item, error: new CommerceError(outcome.error) }];
}
