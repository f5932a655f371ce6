import type { ConnectorBase, OperationName, WriteOptions } from '@crossdock/core';
import { ownNames } from './own-names.ts';

/**
 * The connector with the operations for which there are scenes. Every law begins on a fresh platform and with the same
 * keys; here all of them work on one server, so each law's keys get a name before them. A key that is refused stays as it is.
 * What is looked for by a name of the law's is looked for by a name of this law alone.
 */
export function keyed<C extends ConnectorBase, S extends object>(
  connector: C,
  scenery: S,
  { run, number }: { readonly run: string; readonly number: number },
) {
  const law = `${run}-${number}`;
  const names = ownNames(run, number);
  const operations = connector.operations.filter((operation) => Object.hasOwn(scenery, operation));
  const can = (operation: OperationName) => operations.includes(operation);
  const ports = new Map<string, Record<string, unknown>>();
  for (const operation of operations) {
    const [name = '', verb = ''] = operation.split('.');
    const port: unknown = Reflect.get(connector, name);
    if (typeof port !== 'object' || port === null) continue;
    const method: unknown = Reflect.get(port, verb);
    if (typeof method !== 'function') continue;
    const call = (...given: readonly unknown[]): unknown => Reflect.apply(method, port, given.map(withName));
    if (byName.includes(operation)) {
      const lookUp = async (wanted: unknown, ...given: readonly unknown[]): Promise<unknown> =>
        names.back(await call(names.there(wanted), ...given));
      ports.set(name, { ...ports.get(name), [verb]: lookUp });
      continue;
    }
    ports.set(name, { ...ports.get(name), [verb]: call });
  }

  function withName(argument: unknown): unknown {
    if (!isKeyed(argument)) return argument;
    const { idempotencyKey } = argument;
    const isRefused = idempotencyKey.trim() === '' || idempotencyKey.length > 150;
    return isRefused ? argument : { ...argument, idempotencyKey: `${law}/${idempotencyKey}` };
  }

  // What is left out is not called: `can` says that it is not there. The rest is called with what it was given.
  return { ...connector, ...Object.fromEntries(ports), operations, can } as unknown as Omit<C, 'operations' | 'can'> &
    ConnectorBase & { readonly operations: readonly (C['operations'][number] & keyof S)[] };
}

const byName: readonly OperationName[] = ['customers.get', 'products.get'];

function isKeyed(argument: unknown): argument is WriteOptions {
  if (typeof argument !== 'object' || argument === null) return false;
  return typeof Reflect.get(argument, 'idempotencyKey') === 'string';
}
