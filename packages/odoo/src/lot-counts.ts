import type { Ref } from '@crossdock/core';
import { refused, type Connection } from './connection.ts';
import { tidy } from './shipment-demand.ts';

interface About {
  readonly what: string;
  readonly operation: string;
  readonly refs: readonly Ref[];
}

interface NamedLine {
  readonly sku: string;
  readonly quantity: number;
  readonly lots?: readonly { readonly quantity: number }[] | undefined;
  readonly serials?: readonly string[] | undefined;
}

/** Refuses lines whose lots and serial numbers are more than they count: nobody can say which of both left or arrived. */
export function demandLotsWithin(connection: Connection, lines: readonly NamedLine[], about: About): void {
  const bad = lines.flatMap(({ sku, quantity, lots = [], serials = [] }) => {
    const named = tidy(lots.reduce((sum, lot) => sum + lot.quantity, serials.length));
    return named > quantity ? [`"${named}" of SKU "${sku}", whose line counts "${quantity}"`] : [];
  });
  if (bad.length === 0) return;
  throw invalid(connection, about, `lots and serial numbers make ${bad.join(', ')}`);
}

interface NamedPiece {
  readonly sku: string;
  readonly lot: string | undefined;
  readonly quantity: number;
}

/** Refuses serial numbers that stand for anything but one piece. Odoo books half a piece, and refuses two after the write. */
export function demandSingleSerials(connection: Connection, pieces: readonly NamedPiece[], about: About): void {
  const counts = new Map<string, number>();
  for (const { sku, lot, quantity } of pieces) {
    const name = `"${sku} ${lot ?? ''}"`;
    if (lot !== undefined) counts.set(name, tidy((counts.get(name) ?? 0) + quantity));
  }
  const bad = [...counts].flatMap(([name, count]) => (count === 1 ? [] : [`${name} for "${count}"`]));
  if (bad.length === 0) return;
  throw invalid(connection, about, `serial numbers do not stand for one piece each (${bad.join(', ')})`);
}

function invalid({ settings }: Connection, { what, operation, refs }: About, seen: string) {
  return refused(settings, 'record.invalid', operation, {
    message: `${what} in "${settings.name}": ${seen}. This call booked nothing. Correct it at the warehouse, then replay.`,
    refs,
  });
}
