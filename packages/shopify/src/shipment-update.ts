import {
  halfDone,
  systemClock,
  type Clock,
  type CommerceError,
  type Parcel,
  type Ref,
  type TrackingChange,
  type WriteOptions,
} from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { isIdOf } from './order-id.ts';
import { refusal, type About } from './record-about.ts';
import type { BookNumbers, ShipmentBook } from './shipment-book.ts';
import { companyOf } from './shipment-carriers.ts';
import { changeNumbers, checkNotVoided, readTracked, type TrackedFulfillment } from './shipment-change.ts';
import { isVoided } from './shipment-statuses.ts';
import { isAsWanted } from './shipment-tracking.ts';
import { isNumber, plainNumber } from './tracking-number.ts';

export interface TrackingSettings {
  readonly system: string;
  readonly carriers: Readonly<Record<string, string>>;
  readonly notifyBuyer: boolean;
  readonly clock?: Clock | undefined;
}

const operation = 'shipments.update';
type Sent = Pick<Parcel, 'carrier' | 'trackingNumber' | 'trackingUrl'>;

/**
 * Replaces the numbers of a shipment where they differ: Shopify asks 50 points for each fulfillment, and the buyer hears of it.
 * One that left in several fulfillments gets its numbers on all of them, or on none: where the change does not say which of
 * them gets which number it is refused.
 */
export function shipmentUpdate(client: ShopifyClient, settings: TrackingSettings) {
  const { system, carriers, notifyBuyer, clock = systemClock } = settings;
  return async function update(
    ref: Ref<'shipment'>,
    change: TrackingChange,
    options: WriteOptions,
  ): Promise<Ref<'shipment'>> {
    const what = `The tracking of shipment "${ref.id}" in "${system}" was not changed`;
    const about: About = { what, system, operation, refs: [ref] };
    const parcels = change.parcels.filter(({ trackingNumber = '' }) => isNumber(trackingNumber));
    if (parcels.length === 0) {
      throw refusal(about, 'record.invalid', 'its parcels have no number', 'Give them one, then replay.');
    }
    if (!isIdOf('Fulfillment', ref, system)) {
      throw refusal(about, 'record.missing', 'there is no such fulfillment', 'Check the link to it.');
    }
    const named = await readTracked(client, about, ref.id, options);
    checkNotVoided(about, named.words);
    const all = new Map([[ref.id, named]]);
    for (const id of siblingsOf(named.book, ref.id)) {
      const other = await readTracked(client, about, id, options);
      if (!isVoided(other.words)) all.set(id, other);
    }
    const targets = shared(all, parcels, carriers);
    if (!targets) throw unclear(about, all);
    const written: string[] = [];
    for (const [id, to] of targets) {
      const told =
        written.length === 0 ? about : { ...about, what: `${what} in full: on ${written.join(', ')} it was` };
      const one = { id, key: options.idempotencyKey, content: change, to };
      await changeNumbers({ ...one, client, about: told, options, notifyBuyer, clock }).catch((error: unknown) => {
        if (written.length === 0) throw error;
        throw halfDone(error, { ...told, next: 'Repeat it with its key: only what differs is written.' });
      });
      written.push(`fulfillment "${id}"`);
    }
    return ref;
  };
}

/** The other fulfillments of the shipments that one carries. */
function siblingsOf({ shipments }: ShipmentBook, id: string): readonly string[] {
  const own = shipments.filter(({ parts }) => parts.some((part) => part.id === id));
  return [...new Set(own.flatMap(({ parts }) => parts.map((part) => part.id)))].filter((each) => each !== id);
}

/** Which fulfillment gets which numbers: all the same where they show the same, else those of its carrier. `undefined` where it is not said. */
function shared(
  all: ReadonlyMap<string, TrackedFulfillment>,
  parcels: readonly Sent[],
  carriers: Readonly<Record<string, string>>,
): ReadonlyMap<string, BookNumbers> | undefined {
  const whole = numbersOf(parcels, carriers);
  const [first, ...others] = [...all.values()].map(({ tracking }) => ({
    ...companyIn(tracking),
    numbers: tracking.map(({ number }) => ({ number: number ?? '' })),
  }));
  if (others.every((other) => first !== undefined && other.company === first.company && isSame(other, first))) {
    return new Map([...all.keys()].map((id) => [id, whole]));
  }
  const shown = new Map([...all].map(([id, { tracking }]) => [id, companyIn(tracking).company]));
  const companies = new Set(shown.values());
  const byCompany = Map.groupBy(parcels, ({ carrier }) => {
    const company = companyOf(carrier, carriers);
    // Parcels of a carrier that none shows are of the one that shows none.
    return companies.has(company) ? company : undefined;
  });
  if ([...companies].some((company) => !byCompany.has(company))) return undefined;
  if ([...byCompany.keys()].some((company) => !companies.has(company))) return undefined;
  return new Map([...shown].map(([id, company]) => [id, numbersOf(byCompany.get(company) ?? [], carriers)]));
}

function companyIn(tracking: TrackedFulfillment['tracking']): { readonly company?: string } {
  const [company, ...others] = new Set(tracking.map((each) => each.company));
  return company != null && others.length === 0 ? { company } : {};
}

function isSame(one: BookNumbers, other: BookNumbers): boolean {
  const tracking = other.numbers.map(({ number }) => ({ company: null, number, url: null }));
  return isAsWanted(tracking, { numbers: one.numbers });
}

function numbersOf(parcels: readonly Sent[], carriers: Readonly<Record<string, string>>): BookNumbers {
  // None where the parcels go with several carriers: a fulfillment has one.
  const [company, ...others] = new Set(parcels.map(({ carrier }) => companyOf(carrier, carriers)));
  const numbers = new Map<string, BookNumbers['numbers'][number]>();
  for (const { trackingNumber = '', trackingUrl } of parcels) {
    const plain = plainNumber(trackingNumber);
    const known = numbers.get(plain);
    const url = known?.url ?? trackingUrl;
    numbers.set(plain, { number: known?.number ?? trackingNumber.trim(), ...(url !== undefined && { url }) });
  }
  return { ...(company !== undefined && others.length === 0 && { company }), numbers: [...numbers.values()] };
}

function unclear(about: About, all: ReadonlyMap<string, TrackedFulfillment>): CommerceError {
  const shown = [...all].map(
    ([id, { tracking }]) => `"${id}" (${tracking.map(({ number }) => number ?? '').join(', ')})`,
  );
  const seen = `it left in ${all.size} fulfillments, ${shown.join(' and ')}, and the change does not say which of them gets which number`;
  return refusal(
    about,
    'record.rejected',
    seen,
    'Give a number for each of their carriers, or change them in Shopify.',
  );
}
