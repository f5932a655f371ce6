import type { Stores } from '../ports/stores.ts';
import { confirmedLines, isCutShort, malformed, withoutCarrier, type ConfirmedLine } from './confirmation-file.ts';
import { asRead } from './csv.ts';
import { claimedUnder, linesToShip, type ClaimedRelease } from './export-claim.ts';

/** What a file says of one exported order: everything of it that left, in however many parcels. */
export interface ConfirmedOrder {
  readonly claim: string;
  readonly release: ClaimedRelease;
  readonly lines: readonly ConfirmedLine[];
}

/**
 * The orders of a file, each held against what was exported. Throws `webhook.malformed` for a claim or an order that nobody
 * exported, for a line that the order does not have, for more of a line than was to be shipped, and for a line that is left
 * out: somebody edited more than the columns that are his. What is missing could not be confirmed later any more; a line of
 * which nothing was to be shipped may be there or not. An order of which nothing was shipped at all is refused as well: that
 * is for a person to decide.
 */
export async function confirmedOrders(
  stores: Pick<Stores, 'runs'>,
  warehouse: string,
  body: string,
): Promise<readonly ConfirmedOrder[]> {
  const byOrder = Map.groupBy(confirmedLines(body), ({ claim, reference }) => JSON.stringify([claim, reference]));
  const orders: ConfirmedOrder[] = [];
  for (const lines of byOrder.values()) {
    const [first] = lines;
    if (first === undefined) continue;
    const { claim, reference } = first;
    const claimed = await claimedUnder(stores, claim);
    const release = claimed?.find((one) => one.reference === reference && one.warehouse === warehouse);
    if (release === undefined) {
      throw malformed(
        claimed === undefined
          ? `nothing was exported under claim "${claim}"`
          : `claim "${claim}" has no order of reference "${reference}" for "${warehouse}"`,
      );
    }
    refuseOtherLines(release, lines);
    if (isAsExported(release, lines)) continue;
    refuseHalfFilled(lines);
    refuseMissingLines(release, lines);
    orders.push({ claim, release, lines: lines.filter(({ line }) => line.quantity > 0) });
  }
  return orders;
}

/** Nobody filled in anything: what has quantity 0 had it before, so the order has not left yet. */
function isAsExported({ draft }: ClaimedRelease, lines: readonly ConfirmedLine[]): boolean {
  const wanted = new Set(linesToShip(draft).map(({ id }) => asRead(id)));
  return lines.every(({ carrier, line }) => carrier === '' && line.quantity > 0 === wanted.has(asRead(line.id)));
}

function refuseHalfFilled(lines: readonly ConfirmedLine[]): void {
  const half = lines.find(({ carrier, line }) => carrier === '' && line.quantity > 0);
  if (half) throw withoutCarrier(half.row);
}

function refuseMissingLines({ reference, draft }: ClaimedRelease, lines: readonly ConfirmedLine[]): void {
  const missing = linesToShip(draft).find(({ id }) => lines.every(({ line }) => asRead(line.id) !== asRead(id)));
  if (missing) {
    throw malformed(
      `order "${reference}" lacks its line "${missing.id}"; an order is confirmed as a whole, with quantity 0 for what was not shipped`,
    );
  }
  if (lines.some(({ line }) => line.quantity > 0)) return;
  throw malformed(
    `order "${reference}" has quantity 0 in every line; leave an order of which nothing is shipped as it was exported, and decide on its run by hand`,
  );
}

function refuseOtherLines({ reference, draft }: ClaimedRelease, lines: readonly ConfirmedLine[]): void {
  const byLine = Map.groupBy(lines, ({ line }) => asRead(line.id));
  for (const [id, parts] of byLine) {
    const wanted = draft.lines.find((line) => asRead(line.id) === id);
    const isOther = wanted === undefined || parts.some(({ line }) => asRead(line.sku) !== asRead(wanted.sku));
    if (isOther) throw malformed(`order "${reference}" has no line "${id}" of that SKU${hintAt(parts)}`);
    // Weights have fractions, whose binary sums miss by a hair.
    const sum = Math.round(parts.reduce((total, { line }) => total + line.quantity, 0) * 1e6) / 1e6;
    if (sum <= wanted.quantity) continue;
    throw malformed(
      `line "${id}" of order "${reference}" has quantity ${sum}, and ${wanted.quantity} were to be shipped`,
    );
  }
}

function hintAt(lines: readonly ConfirmedLine[]): string {
  const isCut = lines.some(({ line: { id, sku } }) => isCutShort(id) || isCutShort(sku));
  return isCut
    ? ': a spreadsheet cut a number short; begin anew from the file, and open it with these columns as text'
    : '';
}
