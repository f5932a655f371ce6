import { CommerceError } from '../errors/commerce-error.ts';
import { writeOperations, type WriteOperation } from '../ports/catalogue.ts';
import type { AnyPorts } from './connector.ts';

/** Longer keys are refused by some platforms, and cut by others. */
const longest = 200;

/** The argument that holds the options of a write. */
const optionsAt: Readonly<Record<WriteOperation, number>> = {
  'orders.create': 1,
  'orders.confirm': 1,
  'orders.cancel': 2,
  'orders.update': 2,
  'inventory.push': 1,
  'prices.push': 1,
  'products.push': 1,
  'customers.create': 1,
  'fulfillments.request': 1,
  'fulfillments.cancel': 1,
  'fulfillments.hold': 2,
  'fulfillments.release': 2,
  'fulfillments.answer': 2,
  'shipments.confirm': 1,
  'shipments.update': 2,
  'shipments.report': 2,
  'returns.create': 1,
  'returns.confirm': 1,
  'refunds.create': 1,
  'invoices.create': 1,
  'invoices.confirm': 1,
  'payments.create': 1,
  'payments.capture': 1,
  'purchases.create': 1,
  'purchases.cancel': 1,
  'receipts.confirm': 1,
  'webhooks.subscribe': 1,
};

/**
 * The same ports, whose writes reject with `options.invalid` before anything is sent when their idempotency key is not
 * a text of 1 to 200 characters: under a blank key every write would pass for the same one.
 */
export function withWriteKeys<P extends AnyPorts>(ports: P, system: string): P {
  const guarded = Object.entries(ports).map(([port, methods]) => [port, guardedPort(port, methods, system)]);
  // The same names with the same signatures, which the compiler cannot follow through the entries.
  return Object.fromEntries(guarded) as P;
}

function guardedPort(port: string, methods: object | undefined, system: string): object | undefined {
  if (methods === undefined) return methods;
  const guarded = Object.entries(methods).map(([method, implementation]: [string, unknown]) => {
    const operation = writeOperations.find((write) => write === `${port}.${method}`);
    if (typeof implementation !== 'function') return [method, implementation];
    // Called on its own port, which may be an object with a state of its own.
    if (operation === undefined)
      return [method, (...given: readonly unknown[]): unknown => Reflect.apply(implementation, methods, given)];
    const write = async (...given: readonly unknown[]): Promise<unknown> => {
      refuseBadKey(given[optionsAt[operation]], operation, system);
      return Reflect.apply(implementation, methods, given);
    };
    return [method, write];
  });
  return Object.fromEntries(guarded) as object;
}

function refuseBadKey(options: unknown, operation: WriteOperation, system: string): void {
  const key: unknown =
    typeof options === 'object' && options !== null ? Reflect.get(options, 'idempotencyKey') : undefined;
  const problem = problemOf(key);
  if (problem === undefined) return;
  throw new CommerceError({
    code: 'options.invalid',
    system,
    operation,
    message: `\`${operation}\` was not sent to "${system}": it was called with ${problem}. Pass an idempotencyKey that this one write always has, a text of 1 to ${longest} characters.`,
  });
}

function problemOf(key: unknown): string | undefined {
  if (key === undefined || key === null) return 'no idempotencyKey';
  if (typeof key !== 'string') return `an idempotencyKey that is a ${typeof key}`;
  if (key.trim() === '') return 'a blank idempotencyKey';
  return key.length > longest ? `an idempotencyKey of ${key.length} characters` : undefined;
}
