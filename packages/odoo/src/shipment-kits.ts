import type { Ref, WriteOptions } from '@crossdock/core';
import { refused, type Connection } from './connection.ts';
import { billOf } from './kit-bill.ts';
import { tidy, type Piece } from './shipment-demand.ts';
import { bookedOf, demandOf, type Delivery, type DeliveryMove } from './shipment-plan.ts';
import { unitsOf } from './units.ts';
import { componentRow, kitLineRow } from './wire/kit.ts';

/** What goods are of once their kits are told as components, and what of that is not booked yet. */
export interface Unpacked<P extends Piece> {
  readonly pieces: readonly P[];
  readonly rest: readonly P[];
  /** How many of each kit can still be booked, by SKU. */
  readonly openKits: ReadonlyMap<string, number>;
  /** Refuses kits whose components somebody changed, before anything of them is booked. */
  readonly demandUnchanged: () => Promise<void>;
}

interface Around {
  /** Without an order nothing is a kit. */
  readonly orderId: number | undefined;
  /** The transfers that the goods are booked on. */
  readonly deliveries: readonly Delivery[];
  /** All that leaves for the order, where these are others. */
  readonly sold?: () => Promise<readonly Delivery[]>;
  /** Those that this very task booked or began. */
  readonly done: readonly Delivery[];
  /** How much of a move can be booked; left out, what it waits for. */
  readonly openOf?: (move: DeliveryMove) => number;
  /** How much of a move of `done` is this task's; left out, what was moved. */
  readonly goneOf?: (move: DeliveryMove) => number;
  readonly what: string;
  readonly operation: string;
  readonly refs: readonly Ref[];
}

/**
 * Tells kits by their components: Odoo delivers a kit as what it consists of, a warehouse may name it by the SKU that was
 * sold. What one kit needs is read off the moves of its order line, which stay as they were whatever becomes of the bill of
 * material; before anything is booked the two have to agree.
 */
export async function unpacked<P extends Piece>(
  connection: Connection,
  pieces: readonly P[],
  around: Around,
  options: WriteOptions,
): Promise<Unpacked<P>> {
  const moved = new Set(around.deliveries.flatMap(({ moves }) => moves.map(({ sku }) => sku)));
  const strange = pieces.filter(({ sku }) => !moved.has(sku));
  const lines = strange.length === 0 ? [] : await kitLinesOf(connection, strange, around, options);
  const isKit = ({ sku }: Piece) => lines.some((line) => line.sku === sku);
  const kits = strange.filter(isKit);
  for (const kit of kits) demandWhole(connection, kit, around);
  const all = [...componentsOf(kits, lines), ...pieces.filter((piece) => !kits.includes(piece))];
  const rest = notBooked(all, lines, around);
  const used = lines.filter(({ id }) => rest.some(({ of }) => of === id));
  const openKits = new Map<string, number>();
  for (const line of lines) openKits.set(line.sku, (openKits.get(line.sku) ?? 0) + kitsIn(line, line.open));
  return {
    pieces: all,
    rest,
    openKits,
    async demandUnchanged() {
      for (const line of used) await demandBill(connection, line, around, options);
    },
  };
}

/** An order line whose product none of its moves has: by SKU of its components, what they are for. */
interface KitLine {
  readonly id: number;
  readonly productId: number;
  readonly sku: string;
  /** For one kit. */
  readonly needs: ReadonlyMap<string, number>;
  readonly open: ReadonlyMap<string, number>;
  readonly gone: ReadonlyMap<string, number>;
}

async function kitLinesOf(
  connection: Connection,
  kits: readonly Piece[],
  { orderId, deliveries, sold, done, openOf = waitingOf, goneOf = movedOf }: Around,
  options: WriteOptions,
): Promise<readonly KitLine[]> {
  if (orderId === undefined) return [];
  const { client } = connection;
  const skus = [...new Set(kits.map(({ sku }) => sku))];
  const domain = [['order_id', '=', orderId] as const, ['product_id.default_code', 'in', skus] as const];
  const row = kitLineRow(await client.version(options));
  const lines = await client.searchRead('sale.order.line', row, { domain, order: 'id' }, options);
  const ids = [...new Set(lines.map(({ product_id }) => product_id.id))];
  const archived = { ...options, context: { active_test: false } };
  const products = new Map(
    (await client.read('product.product', ids, componentRow, archived)).map((product) => [product.id, product]),
  );
  const leaving = lines.length === 0 || sold === undefined ? deliveries : await sold();
  const unitOf = (product: number) => products.get(product)?.uom_id.id ?? 0;
  const pairs = lines.map(({ unit, product_id }) => [unit.id, unitOf(product_id.id)] as const);
  const units = await unitsOf(connection, pairs, options);
  return lines.flatMap(({ id, product_id, unit, product_uom_qty }): readonly KitLine[] => {
    const sku = products.get(product_id.id)?.default_code;
    const ordered = product_uom_qty * (units.sizeOf(unit.id, unitOf(product_id.id)) ?? 0);
    const own = movesOf(leaving, id);
    if (!sku || ordered <= 0 || own.length === 0) return [];
    const total = sumsOf(own, (one) => (isDone(one) ? bookedOf(one) : demandOf(one)));
    const each = (sum: number) => Number((sum / ordered).toPrecision(12));
    const needs = new Map([...total].flatMap(([component, sum]) => (sum > 0 ? [[component, each(sum)]] : [])));
    if (needs.size === 0) return [];
    const open = sumsOf(movesOf(deliveries, id), openOf);
    const gone = sumsOf(movesOf(done, id), goneOf);
    return [{ id, productId: product_id.id, sku, needs, open, gone }];
  });
}

/** First the lines that this shipment was booked on already, so that a repeat shares out alike. */
function componentsOf<P extends Piece>(kits: readonly P[], lines: readonly KitLine[]): readonly P[] {
  const room = new Map(lines.map((line) => [line.id, kitsIn(line, added(line.open, line.gone))]));
  const begun = new Map(lines.map((line) => [line.id, touchedBy(line)]));
  const pieces: P[] = [];
  for (const kit of kits) {
    let left = kit.quantity;
    for (const limits of [begun, room]) {
      for (const line of lines.filter(({ sku }) => sku === kit.sku)) {
        const count = Math.max(0, Math.min(left, limits.get(line.id) ?? 0, room.get(line.id) ?? 0));
        if (count === 0) continue;
        left -= count;
        room.set(line.id, (room.get(line.id) ?? 0) - count);
        if (limits === begun) begun.set(line.id, (begun.get(line.id) ?? 0) - count);
        for (const [sku, need] of line.needs) pieces.push({ ...kit, sku, quantity: tidy(need * count), of: line.id });
      }
    }
    // What no line has room for stays a kit, and is refused by its name.
    if (left > 0) pieces.push({ ...kit, quantity: left });
  }
  return pieces;
}

/** Takes off what is booked: on a kit's order line first for the kit, what is left of it for goods named by themselves. */
function notBooked<P extends Piece>(
  pieces: readonly P[],
  lines: readonly KitLine[],
  { done, goneOf = movedOf }: Around,
): readonly P[] {
  const left = new Map<string, number>();
  for (const one of done.flatMap(({ moves }) => moves)) {
    const of = lines.some(({ id }) => id === lineOf(one)) ? lineOf(one) : undefined;
    const key = JSON.stringify([of ?? null, one.sku]);
    left.set(key, tidy((left.get(key) ?? 0) + goneOf(one)));
  }
  const take = (key: string, quantity: number): number => {
    const taken = Math.min(left.get(key) ?? 0, quantity);
    left.set(key, tidy((left.get(key) ?? 0) - taken));
    return tidy(quantity - taken);
  };
  return pieces.flatMap((piece) => {
    const places = piece.of === undefined ? [null, ...lines.map(({ id }) => id)] : [piece.of];
    const quantity = places.reduce<number>(
      (open, place) => take(JSON.stringify([place, piece.sku]), open),
      piece.quantity,
    );
    return quantity > 0 ? [{ ...piece, quantity }] : [];
  });
}

function demandWhole(connection: Connection, { sku, quantity, lot }: Piece, around: Around): void {
  if (lot !== undefined) throw unclear(connection, around, sku, 'a kit has no lots or serial numbers of its own');
  if (!Number.isInteger(quantity)) throw unclear(connection, around, sku, `"${quantity}" is no whole number of it`);
}

async function demandBill(connection: Connection, line: KitLine, around: Around, options: WriteOptions) {
  const { sku, needs } = line;
  const bill = await billOf(connection, line.productId, new Set(needs.keys()), options);
  if (bill === undefined) {
    const seen = 'its delivery has other products, and Odoo shows no bill of material that makes it a kit of them';
    throw unclear(connection, around, sku, seen);
  }
  const names = new Set([...bill.keys(), ...needs.keys()]);
  const other = [...names].filter((name) => Math.abs((bill.get(name) ?? 0) - (needs.get(name) ?? 0)) > 1e-6);
  if (other.length > 0) {
    const parts = other.map((name) => `"${name}": ${needs.get(name) ?? 0} each, ${bill.get(name) ?? 0} in the bill`);
    throw unclear(connection, around, sku, `its delivery is not what its bill of material says (${parts.join('; ')})`);
  }
  const open = added(line.open, line.gone);
  const counts = [...needs].map(([name, need]) => tidy((open.get(name) ?? 0) / need));
  if (counts.every((count) => count === counts[0] && Number.isInteger(count))) return;
  const parts = [...needs.keys()].map((name) => `"${name}": ${line.open.get(name) ?? 0}`);
  throw unclear(connection, around, sku, `what is open of its components makes no whole kits (${parts.join('; ')})`);
}

function unclear({ settings }: Connection, { what, operation, refs }: Around, sku: string, seen: string) {
  return refused(settings, 'record.rejected', operation, {
    message: `${what} in "${settings.name}": of the kit "${sku}" nobody can say what left, ${seen}. Nothing was booked. Name its components, then replay.`,
    refs,
  });
}

/** How many whole kits these quantities of components make. */
function kitsIn({ needs }: KitLine, quantities: ReadonlyMap<string, number>): number {
  const counts = [...needs].map(([sku, need]) => tidy((quantities.get(sku) ?? 0) / need));
  return Math.floor(Math.min(...counts));
}

/** How many kits this shipment booked at least one component of. */
function touchedBy({ needs, gone }: KitLine): number {
  return Math.ceil(Math.max(0, ...[...needs].map(([sku, need]) => tidy((gone.get(sku) ?? 0) / need))));
}

function added(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const sums = new Map(one);
  for (const [sku, quantity] of other) sums.set(sku, tidy((sums.get(sku) ?? 0) + quantity));
  return sums;
}

function sumsOf(moves: readonly DeliveryMove[], quantityOf: (move: DeliveryMove) => number) {
  const sums = new Map<string, number>();
  for (const one of moves) sums.set(one.sku ?? '', tidy((sums.get(one.sku ?? '') ?? 0) + quantityOf(one)));
  return sums;
}

function movesOf(deliveries: readonly Delivery[], line: number): readonly DeliveryMove[] {
  return deliveries.flatMap(({ moves }) => moves.filter((move) => lineOf(move) === line));
}

function lineOf({ move }: DeliveryMove): number | undefined {
  return move.sale_line_id?.id;
}

function isDone({ move }: DeliveryMove): boolean {
  return move.state === 'done';
}

function movedOf(one: DeliveryMove): number {
  return isDone(one) ? bookedOf(one) : 0;
}

function waitingOf(one: DeliveryMove): number {
  return isDone(one) || one.move.state === 'cancel' ? 0 : demandOf(one);
}
