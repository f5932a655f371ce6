import { CommerceError, type PageProblem, type Ref } from '@crossdock/core';
import { refTo, type Connection } from './connection.ts';
import type { Unreadable } from './wire/row-by-row.ts';

/** An Odoo record that does not look as its release's records do, as a problem of the page that it is on. */
export function problemOf(
  connection: Connection,
  about: {
    readonly model: string;
    readonly operation: string;
    readonly bad: Unreadable;
    /** What the record belongs to; left out, nobody can say. */
    readonly ref?: Ref | undefined;
    readonly version?: string | undefined;
  },
): PageProblem {
  const { bad, ref, version = bad.stamp.writtenAt } = about;
  return { ref, error: misfit(connection, about), ...(version === undefined ? {} : { version }) };
}

/** The same where a record is wanted and no other will do. */
export function misfit(
  { settings }: Connection,
  {
    model,
    operation,
    bad,
    ref,
  }: { readonly model: string; readonly operation: string; readonly bad: Unreadable; readonly ref?: Ref | undefined },
): CommerceError {
  return new CommerceError({
    code: 'record.invalid',
    message: `The record "${bad.stamp.id ?? 'without an id'}" of "${model}" was not taken over from "${settings.name}": it does not fit at ${bad.misfit}. Look at these fields in Odoo, and whether a module there changed them; then replay.`,
    system: settings.name,
    operation,
    ...(ref === undefined ? {} : { refs: [ref] }),
  });
}

/** A problem of a record that is known by its id alone. */
export function ownProblem(
  connection: Connection,
  kind: Ref['kind'],
  about: { readonly model: string; readonly operation: string; readonly bad: Unreadable },
): PageProblem {
  const { id } = about.bad.stamp;
  return problemOf(connection, { ...about, ref: id === undefined ? undefined : refTo(connection, kind, id) });
}
