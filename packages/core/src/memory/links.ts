import type { EntityKind, Ref } from '../model/ref.ts';
import type { LinkStore } from '../ports/stores.ts';
import { keyOf, type Table } from './table.ts';
import type { Run } from './units.ts';

/** Leads from one record to one other; a link has two of them, an attached child has one. */
export type LinkRow = { readonly from: Ref; readonly to: Ref; readonly attached: boolean; readonly order: number };

export function memoryLinks(rows: Table<LinkRow>, run: Run): LinkStore {
  const found = (from: Ref, system: string, kind: EntityKind) => rows.get(rowKey(from, system, kind));
  const leads = (from: Ref, to: Ref): 'nowhere' | 'there' | 'elsewhere' => {
    const row = found(from, to.system, to.kind);
    if (row === undefined) return 'nowhere';
    return row.to.id === to.id ? 'there' : 'elsewhere';
  };
  const lead = (from: Ref, to: Ref, attached: boolean) => {
    rows.set(rowKey(from, to.system, to.kind), { from: { ...from }, to: { ...to }, attached, order: rows.next() });
  };
  return {
    link: (one, other) =>
      run(() => {
        const there = leads(one, other);
        const back = leads(other, one);
        if (there === 'elsewhere' || back === 'elsewhere') return 'conflict';
        if (there === 'there' && back === 'there') return 'already';
        if (there === 'nowhere') lead(one, other, false);
        if (back === 'nowhere') lead(other, one, false);
        return 'linked';
      }),
    attach: (child, parent) =>
      run(() => {
        const there = leads(child, parent);
        if (there === 'nowhere') lead(child, parent, true);
        return there === 'nowhere' ? 'linked' : there === 'there' ? 'already' : 'conflict';
      }),
    find: <K extends EntityKind>(ref: Ref, system: string, kind: K) =>
      run(() => {
        const row = found(ref, system, kind);
        return row && { system, kind, id: row.to.id };
      }),
    children: <K extends EntityKind>(parent: Ref, system: string, kind: K) =>
      run(() =>
        [...rows.values()]
          .filter(
            ({ from, to, attached }) => attached && from.system === system && from.kind === kind && same(to, parent),
          )
          .toSorted((one, other) => one.order - other.order)
          .map(({ from }) => ({ system, kind, id: from.id })),
      ),
  };
}

function rowKey(from: Ref, system: string, kind: string): string {
  return keyOf(from.system, from.kind, from.id, system, kind);
}

function same(one: Ref, other: Ref): boolean {
  return one.system === other.system && one.kind === other.kind && one.id === other.id;
}
