import type { Parcel, ShipmentStatus } from '../model/shipment.ts';
import { asTheyHappened, everyTelling, type Fact } from './fact-order.ts';
import { mergeParcels } from './merge-parcels.ts';

/** What a warehouse or a carrier told about one shipment. */
export type ShipmentFact = Fact & {
  readonly status: ShipmentStatus;
  readonly parcels?: readonly Parcel[] | undefined;
};

/** What does not add up in the facts about a shipment, and the fact that shows it. */
export type ShipmentAnomaly = {
  /** A void after the goods left, goods that left after a void, trouble with what was delivered already. */
  readonly kind: 'voided-after-handover' | 'shipped-after-void' | 'exception-after-delivery';
  readonly factId: string;
};

/** A shipment as its facts leave it, whatever their order of arrival. */
export type ShipmentState = {
  /** `undefined` as long as there is no fact. */
  readonly status: ShipmentStatus | undefined;
  readonly parcels: readonly Parcel[];
  /** When it first left the warehouse. */
  readonly shippedAt: string | undefined;
  /** When the buyer had it first; a parcel that came back to the sender was not delivered. */
  readonly deliveredAt: string | undefined;
  readonly updatedAt: string | undefined;
  readonly anomalies: readonly ShipmentAnomaly[];
};

/**
 * The state that the facts prove, the same for every order and every repetition of them. It only goes forward, with
 * three reversals: a label is voided, a delivered or travelling parcel turns back, and a new label follows a void.
 */
export function foldShipment(facts: readonly ShipmentFact[]): ShipmentState {
  const ordered = asTheyHappened(facts, rank);
  let progress: Progress = { status: undefined, troubled: false, voided: false };
  let shippedAt: string | undefined;
  let deliveredAt: string | undefined;
  const anomalies: ShipmentAnomaly[] = [];
  for (const fact of ordered) {
    const left = ranks[fact.status] >= ranks['handed-over'] && moving(fact.status);
    const anomaly = anomalyOf(progress, fact.status);
    if (anomaly !== undefined) anomalies.push({ kind: anomaly, factId: fact.id });
    if (left) shippedAt ??= fact.occurredAt;
    if (fact.status === 'delivered' && !turnedBack(progress)) deliveredAt ??= fact.occurredAt;
    progress = advance(progress, fact.status);
  }
  return {
    status: progress.voided ? 'voided' : progress.troubled ? 'exception' : progress.status,
    parcels: mergeParcels(everyTelling(facts, rank).map((fact) => fact.parcels ?? [])),
    shippedAt,
    deliveredAt,
    updatedAt: ordered.at(-1)?.occurredAt,
    anomalies,
  };
}

type Progress = {
  /** The farthest it came on its way. */
  readonly status: Exclude<ShipmentStatus, 'exception' | 'voided'> | undefined;
  readonly troubled: boolean;
  readonly voided: boolean;
};

function advance(progress: Progress, status: ShipmentStatus): Progress {
  const hasLeft = rankOf(progress) >= ranks['handed-over'];
  if (status === 'voided') return hasLeft ? progress : { ...progress, troubled: false, voided: true };
  if (status === 'exception') {
    const settledAlready = progress.voided || rankOf(progress) >= ranks.delivered;
    return settledAlready ? progress : { ...progress, troubled: true };
  }
  const further = ranks[status] > rankOf(progress) ? status : progress.status;
  // A void is undone by a new label and by goods that left all the same; not by a belated "created".
  const voided = progress.voided && status === 'created';
  // Trouble is over once the parcel moves again, also where it moves on from a depot that it had passed before.
  const troubled = progress.troubled && ranks[status] < ranks['handed-over'];
  return { status: further, troubled, voided };
}

function anomalyOf(progress: Progress, status: ShipmentStatus): ShipmentAnomaly['kind'] | undefined {
  if (status === 'voided') return rankOf(progress) >= ranks['handed-over'] ? 'voided-after-handover' : undefined;
  if (status === 'exception') return progress.status === 'delivered' ? 'exception-after-delivery' : undefined;
  return progress.voided && ranks[status] >= ranks['handed-over'] ? 'shipped-after-void' : undefined;
}

function rank(fact: ShipmentFact): number {
  return ranks[fact.status];
}

function rankOf(progress: Progress): number {
  return progress.status === undefined ? -1 : ranks[progress.status];
}

function moving(status: ShipmentStatus): boolean {
  return status !== 'exception' && status !== 'voided';
}

function turnedBack(progress: Progress): boolean {
  return rankOf(progress) >= ranks.returning;
}

/** The way of a parcel. `exception` and `voided` are no places on it; at one moment they count after the places. */
const ranks: Readonly<Record<ShipmentStatus, number>> = {
  created: 0,
  'label-created': 1,
  'handed-over': 2,
  'in-transit': 3,
  'out-for-delivery': 4,
  delivered: 5,
  returning: 6,
  returned: 7,
  exception: 8,
  voided: 9,
};
