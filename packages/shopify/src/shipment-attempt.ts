import { CommerceError, isCommerceError, mayHaveWritten, type Clock, type WriteOptions } from '@crossdock/core';
import type { PlannedCall } from './shipment-allocation.ts';
import type { ShopifyClient } from './client.ts';
import { leaseMsOf, sendWindow, type SendWindow } from './send-window.ts';
import type { OpenAttempt, ShipmentBook } from './shipment-book.ts';
import { briefOf, type PackedFulfillment } from './shipment-coverage.ts';
import { readFulfillments, type OrderFulfillment } from './shipment-order.ts';
import type { ParcelGroup } from './shipment-parcels.ts';
import { doubt, operation, subject, type Confirming } from './shipment-refusals.ts';
import { isOfOthers, maySend, withContents, type Standing } from './shipment-standing.ts';
import { shownNumbers } from './shipment-tracking.ts';
import { createFulfillment } from './shipment-writes.ts';

/** One fulfillment that is to be made. */
export interface PlannedSend {
  readonly group: ParcelGroup;
  readonly call: PlannedCall;
  /** Its contents in short: by these it is found when its answer is lost. */
  readonly brief: string;
}

/** What is to be made of a shipment, once it is noted. */
export interface Attempt {
  readonly open: OpenAttempt;
  readonly sends: readonly PlannedSend[];
  readonly window: SendWindow;
  /** Of the shipment, in short. */
  readonly version: string;
  /** Whether nothing of it was there before. */
  readonly isAll: boolean;
}

/** What became of an attempt. */
export interface AttemptEnd {
  readonly made: readonly { readonly id: string; readonly group: ParcelGroup }[];
  /** Why not all of it was made. */
  readonly error?: unknown;
  /** Whether Shopify had no room for the rest in its time: it may be noted anew. */
  readonly isLate?: boolean;
  /** What of it may still be carried out. */
  readonly open: OpenAttempt | undefined;
}

export interface AttemptCall {
  readonly client: ShopifyClient;
  readonly about: Confirming;
  readonly of: string;
  readonly options: WriteOptions;
  readonly notifyBuyer: boolean;
}

/** An attempt, its time reckoned from before it is noted. */
export function attemptAt(
  sends: readonly PlannedSend[],
  { version, parts }: Standing,
  fulfillments: readonly OrderFulfillment[],
  {
    clock,
    timeoutMs,
    signal,
  }: { readonly clock: Clock; readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
): Attempt {
  const open: OpenAttempt = {
    attempt: crypto.randomUUID(),
    leaseMs: leaseMsOf(timeoutMs),
    after: fulfillments.at(-1)?.id ?? '',
    sends: sends.map(({ brief }) => brief),
    numbers: [...new Set(sends.flatMap(({ group }) => shownNumbers([group])))],
  };
  return { open, sends, window: sendWindow(clock, signal), version, isAll: parts.length === 0 };
}

export async function plannedSend(group: ParcelGroup, call: PlannedCall): Promise<PlannedSend> {
  return { group, call, brief: await briefOf(call.lines) };
}

/** Makes one after another, in the time of the attempt, and says what there is then. */
export async function sendAll(
  call: AttemptCall,
  { open, sends, window }: Attempt,
  book: ShipmentBook,
): Promise<AttemptEnd> {
  const { client, about, options, notifyBuyer } = call;
  const made: { id: string; group: ParcelGroup }[] = [];
  for (const [index, { group, call: planned, brief }] of sends.entries()) {
    try {
      const before = made.map(({ id }) => id);
      const sending = { notifyBuyer, lane: options.lane, signal: window.signal };
      made.push({ id: await createFulfillment(client, about, { group, call: planned, before }, sending), group });
    } catch (error) {
      if (isCommerceError(error, 'call.aborted') && window.hasStopped() && options.signal?.aborted !== true) {
        return { made, error: noRoom(about), isLate: true, open: undefined };
      }
      if (!mayHaveWritten(error)) return { made, error, open: undefined };
      // A look that fails too finds nothing: the next attempt looks again.
      const found = await foundOf(call, { open, brief, made }, book).catch(() => undefined);
      if (found === undefined) {
        const left = { ...open, sends: sends.slice(index).map((each) => each.brief) };
        const isToldOnce = isCommerceError(error, 'write.uncertain') && error.operation === operation && !error.cause;
        return {
          made,
          error: isToldOnce ? error : doubt(about, 'its answer was lost and nothing of it is seen yet', error),
          open: left,
        };
      }
      made.push({ id: found, group });
    }
  }
  return { made, open: undefined };
}

/** The one fulfillment that this send has made, where it can be none other. */
async function foundOf(
  call: AttemptCall,
  { open, brief, made }: { readonly open: OpenAttempt; readonly brief: string; readonly made: AttemptEnd['made'] },
  book: ShipmentBook,
): Promise<string | undefined> {
  const ids = new Set([...book.shipments.flatMap(({ parts }) => parts), ...made].map(({ id }) => id));
  const all = await readFulfillments(call.client, call.about.orderRef.id, call.options);
  const likely = all.filter((each) => each.isLive && !ids.has(each.id) && maySend(open, each, book));
  const same: PackedFulfillment[] = [];
  for (const each of await withContents(call, likely)) {
    if ((await briefOf(each.shipped)) === brief) same.push(each);
  }
  const [only, ...others] = same;
  const entry = { of: call.of, parts: [], versions: [] };
  if (!only || others.length > 0 || isOfOthers({ book, entry }, only, brief)) return undefined;
  return only.id;
}

function noRoom(about: Confirming): CommerceError {
  return new CommerceError({
    code: 'platform.throttled',
    system: about.system,
    operation,
    refs: [about.orderRef, about.shipmentRef],
    message: `${subject(about)} was not confirmed in full: Shopify had no room for it in time. Repeat it: what is missing is sent then.`,
  });
}
