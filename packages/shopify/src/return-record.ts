import { CommerceError, type Ref, type Return } from '@crossdock/core';
import { withoutMark } from './number-mark.ts';
import { dispositionWords, returnStatusWords } from './statuses.ts';
import type { WireReturn, WireReturnLine, WireReverseLine } from './wire/return.ts';

/** A return with all pages of its connections. */
export interface WholeReturn {
  readonly wire: WireReturn;
  readonly lines: readonly WireReturnLine[];
  /** What is expected back, with what was done with it. */
  readonly reverse: readonly WireReverseLine[];
}
type ReturnLine = Return['lines'][number];

/**
 * Pure: what a return of Shopify is in our words. Of a line whose units were dealt with in several ways each way is a line
 * of its own. Throws `status.unmapped`, and `sku.missing` for goods without a SKU.
 */
export function toReturn({ wire, lines, reverse }: WholeReturn, system: string): Return {
  const ref: Ref<'return'> = { system, kind: 'return', id: wire.id };
  const record = `Return "${wire.name}"`;
  const word = returnStatusWords.decode(wire.status, ref);
  const isArrived = lines.length > 0 && lines.every(({ quantity, processedQuantity }) => processedQuantity >= quantity);
  const pool = poolOf(reverse, record);
  return {
    ref,
    number: wire.name,
    order: { system, kind: 'order', id: wire.order.id },
    status: word === 'approved' && isArrived ? 'received' : word,
    wireStatus: wire.status,
    lines: lines.flatMap((line) => linesOf(line, pool, { system, ref, name: wire.name })),
    updatedAt: changedAt(wire, reverse),
  };
}

/** Shopify does not say when a return changed last: the latest of the moments that it does say. */
function changedAt(
  { createdAt, closedAt, requestApprovedAt }: WireReturn,
  reverse: readonly WireReverseLine[],
): string {
  const disposed = reverse.flatMap(({ dispositions }) => dispositions.map((each) => each.createdAt));
  const all = [createdAt, ...[closedAt, requestApprovedAt].filter((moment) => moment !== null), ...disposed];
  return all.reduce((latest, moment) => (Date.parse(moment) > Date.parse(latest) ? moment : latest));
}

/** What was done with the units of a shipped line, not given to a return line yet. */
type Pool = Map<string, { readonly what: Outcome; left: number }[]>;
type Outcome = ReturnLine['disposition'] | 'missing';

function poolOf(reverse: readonly WireReverseLine[], record: string): Pool {
  const pool: Pool = new Map();
  for (const { fulfillmentLineItem, dispositions } of reverse) {
    if (!fulfillmentLineItem) continue;
    const there = pool.get(fulfillmentLineItem.id) ?? [];
    for (const { type, quantity } of dispositions)
      there.push({ what: dispositionWords.decode(type, record), left: quantity });
    pool.set(fulfillmentLineItem.id, there);
  }
  return pool;
}

function linesOf(
  line: WireReturnLine,
  pool: Pool,
  about: { readonly system: string; readonly ref: Ref<'return'>; readonly name: string },
): ReturnLine[] {
  const sku = line.fulfillmentLineItem?.lineItem.sku ?? '';
  if (sku.trim() === '') throw withoutSku(line, about);
  const reason = reasonOf(line);
  const common = { sku, ...(reason !== undefined && { reason }), condition: 'unknown' as const };
  const done = takenOf(line, pool);
  const open = line.quantity - [...done.values()].reduce((sum, count) => sum + count, 0);
  const parts: (readonly [Outcome, number, number | undefined])[] = [...done].map(([what, count]) => [
    what,
    count,
    what === 'missing' ? 0 : count,
  ]);
  if (open > 0 || parts.length === 0) {
    const processed = Math.max(0, line.processedQuantity - (line.quantity - open));
    parts.push(['pending', Math.max(0, open), processed > 0 ? processed : undefined]);
  }
  return parts.map(([what, expected, received], index) => ({
    ...common,
    id: index === 0 ? line.id : `${line.id}#${index + 1}`,
    expected,
    ...(received !== undefined && { received }),
    disposition: what === 'missing' ? 'pending' : what,
  }));
}

/** Units of this line, by what was done with them: never more than the line has. */
function takenOf({ quantity, fulfillmentLineItem }: WireReturnLine, pool: Pool): ReadonlyMap<Outcome, number> {
  const taken = new Map<Outcome, number>();
  let rest = quantity;
  for (const part of pool.get(fulfillmentLineItem?.id ?? '') ?? []) {
    const count = Math.min(rest, part.left);
    if (count <= 0) continue;
    taken.set(part.what, (taken.get(part.what) ?? 0) + count);
    part.left -= count;
    rest -= count;
  }
  return taken;
}

function reasonOf({ returnReasonNote, customerNote, returnReasonDefinition }: WireReturnLine): string | undefined {
  return withoutMark(returnReasonNote) ?? withoutMark(customerNote) ?? returnReasonDefinition?.name;
}

function withoutSku(
  line: WireReturnLine,
  { system, ref, name }: { readonly system: string; readonly ref: Ref<'return'>; readonly name: string },
): CommerceError {
  const goods = line.fulfillmentLineItem ? 'has no SKU' : 'is of no goods that were shipped';
  return new CommerceError({
    code: 'sku.missing',
    system,
    refs: [ref],
    message: `Return "${name}" of "${system}" was not taken over: its line "${line.id}" ${goods}. Give the goods a SKU in Shopify or deal with the return there, then replay.`,
  });
}
