import { CommerceError, type ErrorCode, type Ref } from '@crossdock/core';
import type { OdooClient } from './client.ts';
import type { ExternalIds } from './external-id.ts';
import type { OdooSettings } from './options.ts';

/** What every port of one connector works with. */
export interface Connection {
  readonly client: OdooClient;
  readonly settings: OdooSettings;
  readonly externalIds: ExternalIds;
  /** Ids of countries ("US") and of their subdivisions ("US/NY") that Odoo named before. */
  readonly places: Map<string, number>;
  /** Percentages of taxes by id, as Odoo named them before; `undefined` of what is none. */
  readonly taxRates: Map<number, number | undefined>;
  /** The present moment, by the clock that the connector was given. */
  readonly now: () => string;
}

type Kind = Ref['kind'];

/** A reference to a record of this Odoo. */
export function refTo<K extends Kind>({ settings }: Connection, kind: K, id: number): Ref<K> {
  return { system: settings.name, kind, id: String(id) };
}

/** The record id in a reference, or `undefined` where it is another system's, or its id cannot be one here. */
export function knownId({ settings }: Connection, ref: Ref): number | undefined {
  const id = Number(ref.id);
  return ref.system === settings.name && /^[1-9]\d{0,9}$/.test(ref.id) && id <= largestId ? id : undefined;
}

/** Ids are four bytes in PostgreSQL: a larger one would be an error of its own. */
const largestId = 2_147_483_647;

/** The record id in a reference. Another system's reference, and an id that cannot be one here, are `record.invalid`. */
export function idOf(connection: Connection, ref: Ref): number {
  const id = knownId(connection, ref);
  if (id !== undefined) return id;
  const { settings } = connection;
  throw refused(settings, 'record.invalid', ref.kind, {
    message: `The ${ref.kind} was not looked up in "${settings.name}": the reference is to "${ref.id}" in "${ref.system}". Pass the reference that this connector gave.`,
    refs: [ref],
  });
}

/** An error of this system. */
export function refused(
  settings: OdooSettings,
  code: ErrorCode,
  operation: string,
  init: {
    readonly message: string;
    readonly refs?: readonly Ref[];
    readonly details?: Readonly<Record<string, string | number | readonly string[]>>;
  },
): CommerceError {
  return new CommerceError({ ...init, code, system: settings.name, operation });
}
