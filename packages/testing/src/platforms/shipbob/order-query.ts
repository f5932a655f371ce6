import type { ShipBobOrder } from './records.ts';
import type { ShipBobStore } from './store.ts';

/** A page of orders, or the messages by field of what was asked wrongly. */
export type OrderPage =
  | {
      readonly orders: readonly ShipBobOrder[];
      readonly page: number;
      readonly limit: number;
      readonly total: number;
    }
  | { readonly wrong: Record<string, string[]> };

/** Orders by the filters of `GET /order`, of those made until `listedUntil`. Names are read in any case, as ASP.NET does. */
export function queryOrders(store: ShipBobStore, search: URLSearchParams, listedUntil: number): OrderPage {
  const given = new Map([...search].map(([name, value]) => [name.toLowerCase(), value]));
  const wrong: Record<string, string[]> = {};
  const page = whole('Page', 1, Number.MAX_SAFE_INTEGER);
  const limit = whole('Limit', 50, 250);
  const ids = listOf('IDs');
  const references = listOf('ReferenceIds');
  const created = between('StartDate', 'EndDate');
  const updated = between('LastUpdateStartDate', 'LastUpdateEndDate');
  const tracked = between('LastTrackingUpdateStartDate', 'LastTrackingUpdateEndDate');
  const hasTracking = flag('HasTracking');
  const isUploaded = flag('IsTrackingUploaded');
  if (Object.keys(wrong).length > 0) return { wrong };

  const candidates = references
    ? references.flatMap((reference) => store.byReference.get(reference) ?? [])
    : [...store.orders.values()];
  const found = candidates.filter(
    (order) =>
      order.createdAt <= listedUntil &&
      !store.unlisted.has(order.id) &&
      (!ids || ids.includes(String(order.id))) &&
      created(order.createdAt) &&
      updated(lastUpdateOf(order)) &&
      tracked(lastOf(order.shipments.map(({ trackingUpdatedAt }) => trackingUpdatedAt))) &&
      (hasTracking === undefined || order.shipments.some(({ tracking }) => tracking !== undefined) === hasTracking) &&
      (isUploaded === undefined || order.shipments.some((shipment) => shipment.isTrackingUploaded) === isUploaded),
  );
  // Newest first, unless asked otherwise.
  const isOldestFirst = given.get('sortorder')?.toLowerCase() === 'oldest';
  found.sort((a, b) => (isOldestFirst ? a.id - b.id : b.id - a.id));
  return { orders: found.slice((page - 1) * limit, page * limit), page, limit, total: found.length };

  function whole(name: string, fallback: number, most: number): number {
    const text = given.get(name.toLowerCase());
    if (text === undefined) return fallback;
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= 1 && value <= most) return value;
    wrong[name] = [`The value '${text}' is not between 1 and ${most}.`];
    return fallback;
  }

  function listOf(name: string): readonly string[] | undefined {
    return given
      .get(name.toLowerCase())
      ?.split(',')
      .map((entry) => entry.trim());
  }

  function flag(name: string): boolean | undefined {
    const text = given.get(name.toLowerCase())?.toLowerCase();
    if (text === undefined) return undefined;
    if (text !== 'true' && text !== 'false') wrong[name] = [`The value '${text}' is not valid.`];
    return text === 'true';
  }

  function between(from: string, to: string): (at: number | undefined) => boolean {
    const [start, end] = [from, to].map((name) => {
      const text = given.get(name.toLowerCase());
      const at = text === undefined ? undefined : Date.parse(text);
      if (Number.isNaN(at)) wrong[name] = [`The value '${text ?? ''}' is not valid.`];
      return at;
    });
    if (start === undefined && end === undefined) return () => true;
    return (at) => at !== undefined && (start === undefined || at >= start) && (end === undefined || at <= end);
  }
}

function lastUpdateOf(order: ShipBobOrder): number {
  return lastOf(order.shipments.map(({ updatedAt }) => updatedAt)) ?? order.createdAt;
}

function lastOf(moments: readonly (number | undefined)[]): number | undefined {
  const known = moments.filter((at) => at !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
