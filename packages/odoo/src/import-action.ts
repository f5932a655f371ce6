import { CommerceError, isCommerceError, type ErrorCode, type WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import { actionRelease, ordersUnder } from './action-code.ts';
import { actionAddresses, actionOrder, type ActionOrder } from './action-order.ts';
import { refTo, type Connection } from './connection.ts';
import { isOpen, withDraft, type OrderImport, type Passage } from './import-passage.ts';
import { customerIdentity, normalizedEmail } from './customer-identity.ts';
import { kinshipOf } from './mark.ts';
import { routesOf } from './order-route.ts';
import { learnPlaces } from './places.ts';
import { rateDifferences } from './tax-rates.ts';
import { fromMoment, recordId } from './wire/value.ts';

/**
 * Has the installed server action make and confirm the orders: one call, one transaction. What the action leaves, because
 * it is refused, changed or to be judged by a person, goes on with the batch, which says why. `answer` is what every
 * release of the action says; anything else was not ours: `options.invalid`.
 */
export async function importByAction(
  connection: Connection,
  action: number,
  passages: readonly Passage[],
  options: WriteOptions,
): Promise<readonly Passage[]> {
  const open = passages.filter(isOpen);
  const drafts = open.map(({ item }) => item.draft);
  await learnPlaces(
    connection,
    open.flatMap(({ item }) => actionAddresses(item)),
    options,
  );
  const routeOf = await routesOf(connection, drafts, options);
  // The action compares amounts alone. What a person put on a quotation that is there already, the batch looks at.
  const rated = drafts.map((draft) => ({ draft }));
  const otherRates = await rateDifferences(connection, rated, options);
  const orders = new Map<Passage, ActionOrder>();
  // What goes the way of the batch has its customer made there: later orders by the same follow it, or they would be of
  // another customer than one after the other. The action does so with what it leaves.
  const held = new Set<string>();
  for (const passage of open) {
    const names = await customerNames(connection, passage.item);
    const isHeld = names.some((name) => held.has(name));
    const isLeft = isHeld || otherRates.has(passage.item.draft);
    const order = isLeft ? undefined : await actionOrder(connection, passage, routeOf);
    if (order) orders.set(passage, order);
    else for (const name of names) held.add(name);
  }
  if (orders.size === 0) return passages;
  const results = await run(connection, action, [...orders.values()], options);
  if (!results) return passages;
  if (Object.values(results).some((result) => 'left' in result && result.left === 'name'))
    throw notForUs(connection, action);
  const after: Passage[] = [];
  for (const passage of passages) {
    const result = orders.has(passage) ? results[passage.externalId] : undefined;
    after.push(result && 'id' in result ? await judged(connection, passage, result) : passage);
  }
  return after;
}

/** By what a customer that may be new is known: its external id and its mailbox. */
async function customerNames(connection: Connection, { customer, idempotencyKey }: OrderImport) {
  if ('kind' in customer) return [];
  const { externalId } = await customerIdentity(connection, customer, `${idempotencyKey}/customer`);
  const mailbox = normalizedEmail(customer.email);
  return [externalId, ...(mailbox === undefined ? [] : [mailbox])];
}

const made = z.object({
  made: z.boolean(),
  id: recordId,
  state: z.string(),
  origin: z.string(),
  date_order: z.string(),
  customer: recordId,
  settled: z.boolean(),
});
type Made = z.output<typeof made>;
const answer = z.object({
  release: z.string(),
  orders: z.record(z.string(), z.union([made, z.object({ left: z.string() })])),
});

async function run(
  connection: Connection,
  action: number,
  orders: readonly ActionOrder[],
  options: WriteOptions,
): Promise<z.output<typeof answer>['orders'] | undefined> {
  // Repeatable: it looks every external id up before it makes anything, and Odoo keeps them unique.
  const call = { ids: [action], answer: z.unknown(), safety: 'repeatable' as const };
  const release = await actionRelease();
  const context = { [ordersUnder(release)]: { orders } };
  let said: unknown;
  try {
    said = await connection.client.call('ir.actions.server', 'run', call, { ...options, context });
  } catch (error) {
    if (!isCommerceError(error)) throw error;
    // Refused as a whole, or always in somebody's way: one by one it comes out which order is to blame.
    if (leftToBatch.has(error.code)) return undefined;
    throw error.code === 'record.missing' ? unlike(connection, action, error) : error;
  }
  const parsed = answer.safeParse(said);
  if (parsed.success && parsed.data.release === release) return parsed.data.orders;
  throw unlike(connection, action, parsed.error);
}

/** What the action says of all orders where one is to blame, and a batch without it of that one. */
const leftToBatch: ReadonlySet<string> = new Set<ErrorCode>([
  'record.rejected',
  'request.rejected',
  'platform.conflict',
]);

/** Installs the action of this release for our module, beside those that it has. */
function commandFor({ externalIdModule }: Connection['settings']): string {
  return `npx @crossdock/odoo action install --module ${externalIdModule}`;
}

function unlike({ settings }: Connection, action: number, cause: Error | undefined) {
  return new CommerceError({
    code: 'options.invalid',
    message: `The orders were not imported into "${settings.name}": the server action "${action}" of odooImport({ serverAction }) is not there or not the one of this release. Install it with "${commandFor(settings)}" and pass the id that it prints.`,
    system: settings.name,
    operation: 'ir.actions.server/run',
    cause,
  });
}

function notForUs({ settings }: Connection, action: number) {
  const { name, externalIdModule } = settings;
  return new CommerceError({
    code: 'options.invalid',
    message: `The orders were not imported into "${name}": the server action "${action}" writes no external ids of the module "${externalIdModule}". Add it with "${commandFor(settings)}", which keeps the others; where an addon in Odoo has that name, pass odoo({ externalIdModule }) another one.`,
    system: name,
    operation: 'ir.actions.server/run',
  });
}

/** An order that is ours and as it should be is done; whatever else is there is judged by the batch. */
async function judged(connection: Connection, passage: Passage, order: Made): Promise<Passage> {
  const { item } = passage;
  const customer = 'kind' in item.customer ? item.customer : refTo(connection, 'customer', order.customer);
  const known = await withDraft(passage, customer);
  if (!known.mark || kinshipOf(order.origin, known.mark) !== 'own' || !order.settled) return passage;
  const isThere = connection.settings.confirmOrders
    ? order.state === 'sale' && order.date_order === fromMoment(item.draft.placedAt)
    : order.state === 'draft';
  return isThere ? { ...known, done: refTo(connection, 'order', order.id) } : passage;
}
