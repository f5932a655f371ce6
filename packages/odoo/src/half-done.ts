import { halfDone, isCommerceError, type Ref } from '@crossdock/core';
import type { OdooClient } from './client.ts';
import type { Connection } from './connection.ts';
import { externalIds } from './external-id.ts';

interface Seen {
  readonly operation: string;
  readonly refs: readonly Ref[];
}

/**
 * Does an operation of several calls. What Odoo took of it may not be denied: trouble behind its first write ends it as
 * `write.uncertain`. What is said of a record itself stays as it is: its key finds what it left behind.
 */
export async function seenThrough<T>(
  connection: Connection,
  about: Seen,
  work: (watched: Connection) => Promise<T>,
): Promise<T> {
  const witness = witnessed(connection);
  try {
    return await work(witness.connection);
  } catch (error) {
    throw witness.hasWritten() ? begun(connection, about, error) : error;
  }
}

/** What an error means for an operation of which something is written. */
export function begun({ settings: { name } }: Connection, { operation, refs }: Seen, error: unknown): unknown {
  const isOfRecord = isCommerceError(error) && (error.kind === 'business' || ofSettings.has(error.code));
  // What the operation says itself, not one of its calls, knows what it left: a return that it took back is a conflict.
  if (isOfRecord || (isCommerceError(error) && error.operation === operation)) return error;
  const what = `Something of \`${operation}\` is written in "${name}", and not all that belongs to it`;
  const next = 'Repeat it with its key: what is there is looked for first.';
  return halfDone(error, { what, next, system: name, operation, refs });
}

/** What somebody has to allow or to pass first. */
const ofSettings: ReadonlySet<string> = new Set(['access.denied', 'options.invalid']);

/** The connection, and whether something was written through it. */
export function witnessed(connection: Connection): {
  readonly connection: Connection;
  readonly hasWritten: () => boolean;
} {
  const { client, settings } = connection;
  let hasWritten = false;
  async function noted<T>(written: Promise<T>): Promise<T> {
    const answer = await written;
    hasWritten = true;
    return answer;
  }
  const watched: OdooClient = {
    ...client,
    create: (model, values, options) => noted(client.create(model, values, options)),
    write: (model, ids, values, options) => noted(client.write(model, ids, values, options)),
    call(model, method, call, options) {
      const answered = client.call(model, method, call, options);
      return call.safety === 'read' ? answered : noted(answered);
    },
  };
  const ids = externalIds(watched, settings.name, settings.externalIdModule);
  return { connection: { ...connection, client: watched, externalIds: ids }, hasWritten: () => hasWritten };
}
