import type { ReadOptions } from '@crossdock/core';
import type { Connection } from './connection.ts';

/**
 * What a record under an external id means for a call: it is what was asked for; it is a draft of that; or it was canceled
 * before it ever was more than a draft, so that nothing was made.
 */
export type Standing = 'counts' | 'draft' | 'nothing';

export interface Claimed<T> {
  readonly record: T;
  readonly externalId: string;
}

/**
 * Finds the record of an external id, or has it made. Only beside one that a person canceled as a draft there may be the
 * next, and everybody comes past the same ones in the same order: so Odoo itself lets one be, whoever asks at the same
 * moment. `standingOf` may throw what a record of somebody else means.
 */
export async function claim<T>(
  { externalIds }: Connection,
  first: { readonly externalId: string; readonly model: string },
  steps: {
    readonly make: (externalId: string) => Promise<number>;
    readonly read: (id: number) => Promise<T>;
    readonly standingOf: (record: T) => Standing;
  },
  options?: ReadOptions,
): Promise<Claimed<T>> {
  let draft: Claimed<T> | undefined;
  for (let nth = 1; ; nth++) {
    // No escaped text ends so: the code of a letter has no "v".
    const externalId = nth === 1 ? first.externalId : `${first.externalId}_v${nth}`;
    const found = await externalIds.resolve(externalId, first.model, options);
    if (found === undefined && draft) return draft;
    const record = await steps.read(found ?? (await steps.make(externalId)));
    const standing = steps.standingOf(record);
    if (standing === 'nothing') continue;
    if (standing === 'counts' || found === undefined) return { record, externalId };
    // It may have been canceled, followed by the next, and opened again.
    draft ??= { record, externalId };
  }
}
