import type { ReadOptions, Ref, TrackingReport, WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import type { ShopifyClient } from './client.ts';
import type { FulfillmentEventInput } from './documents/inputs.generated.ts';
import { shipmentEventAdd, shipmentEvents } from './documents/shipment-events.ts';
import { raiseUserErrors } from './errors.ts';
import { onceOnOrder, type OnceSettings } from './once-on-order.ts';
import { oneByOne } from './one-by-one.ts';
import { isIdOf } from './order-id.ts';
import { refusal, type About } from './record-about.ts';
import { checkNotVoided } from './shipment-change.ts';
import { eventWords } from './shipment-statuses.ts';

const operation = 'shipments.report';

/** What is to be seen among the events afterwards: this status at this moment. */
const traceSchema = z.object({ shipment: z.string(), status: z.string(), at: z.string() });
type ReportTrace = z.infer<typeof traceSchema>;

/**
 * Adds what a carrier reported to a fulfillment's events. Shopify knows no key for it and takes the same event twice, and
 * none can be taken back; so it is looked for before, and written under a key that is noted on the order.
 */
export function shipmentReport(settings: OnceSettings) {
  const { client, system } = settings;
  // Those of one order wait for each other here; processes that meet are told by what is noted on the order.
  const inTurn = oneByOne();
  return async function report(
    ref: Ref<'shipment'>,
    given: TrackingReport,
    { idempotencyKey, lane, signal }: WriteOptions,
  ): Promise<Ref<'shipment'>> {
    const what = `"${given.status}" at ${given.at} was not reported of shipment "${ref.id}" in "${system}"`;
    const about: About = { what, system, operation, refs: [ref] };
    const call = { operation, lane, signal } as const;
    if (Number.isNaN(Date.parse(given.at))) {
      throw refusal(
        about,
        'record.invalid',
        'its moment is none',
        'Correct it, as "2026-11-26T08:00:00Z", then replay.',
      );
    }
    const event = eventOf(ref, given);
    const trace = { shipment: ref.id, status: event.status, at: event.happenedAt };
    const found = isIdOf('Fulfillment', ref, system) ? await eventsOf(client, trace, call) : undefined;
    if (!found) throw refusal(about, 'record.missing', 'there is no such fulfillment', 'Check the link to it.');
    if (found.isThere) return ref;
    checkNotVoided(about, found.words);
    const order: Ref<'order'> = { system, kind: 'order', id: found.orderId };
    const once = { ...settings, ...call, order, idempotencyKey, subject: ref.id, content: { ...trace } };
    async function send(during: AbortSignal): Promise<string> {
      // Another key may have brought the same report since it was looked for.
      const events = await eventsOf(client, trace, { ...call, signal: during });
      if (events?.isThere) return ref.id;
      const sent = await client.run(shipmentEventAdd, {
        ...call,
        signal: during,
        safety: 'once',
        variables: { event },
      });
      const { fulfillmentEventCreate: payload } = sent;
      if (!payload) {
        throw refusal(about, 'write.uncertain', 'Shopify answered neither yes nor no', 'Repeat it with its key.');
      }
      raiseUserErrors(payload.userErrors, about);
      return ref.id;
    }
    await inTurn(order.id, () =>
      onceOnOrder<ReportTrace>(once, {
        traceSchema,
        plan: async () => ({ trace, send }),
        async find(sought) {
          const events = await eventsOf(client, sought, call);
          return events?.isThere ? { result: sought.shipment } : 'nothing';
        },
      }),
    );
    return ref;
  };
}

/** Shopify keeps whole seconds. Recorded on Admin API 2026-04. */
function eventOf(
  ref: Ref<'shipment'>,
  { status, at, message, city, country }: TrackingReport,
): FulfillmentEventInput & { readonly happenedAt: string } {
  return {
    fulfillmentId: ref.id,
    status: eventWords.encode(status),
    happenedAt: `${new Date(at).toISOString().slice(0, 19)}Z`,
    ...(message !== undefined && { message }),
    ...(city !== undefined && { city }),
    ...(country !== undefined && { country }),
  };
}

interface SeenEvents {
  readonly orderId: string;
  readonly words: { readonly status: string; readonly displayStatus: string | null };
  readonly isThere: boolean;
}

/** Whether the report stands among a fulfillment's events, and on which order. `undefined` where there is none. */
async function eventsOf(
  client: ShopifyClient,
  { shipment, status, at }: ReportTrace,
  call: ReadOptions & { readonly operation: string },
): Promise<SeenEvents | undefined> {
  let after: string | null = null;
  for (;;) {
    const found: Awaited<ReturnType<typeof pageOf>> = await pageOf(after);
    if (!found) return undefined;
    const { nodes, pageInfo } = found.events;
    const isThere = nodes.some((each) => each.status === status && Date.parse(each.happenedAt) === Date.parse(at));
    const { status: word, displayStatus, order: on } = found;
    const words = { status: word, displayStatus };
    if (isThere || !pageInfo.hasNextPage) return { orderId: on.id, words, isThere };
    after = pageInfo.endCursor;
  }

  async function pageOf(from: string | null) {
    const variables = { id: shipment, after: from };
    return (await client.run(shipmentEvents, { ...call, safety: 'read', variables })).fulfillment;
  }
}
