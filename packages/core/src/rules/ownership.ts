import { CommerceError } from '../errors/commerce-error.ts';
import { sameContent } from './same-content.ts';

/** The fields whose changes are worth fighting over; each has exactly one owner. */
export const ownedFields = [
  'order.status',
  'order.lines',
  'stock.available',
  'product.price',
  'product.content',
  'shipment.tracking',
] as const;
/** One of `ownedFields`. */
export type OwnedField = (typeof ownedFields)[number];

/**
 * Whose changes count: one system, or several of which each owns the records that it made, as channels own the lines of
 * their orders.
 */
export type Owners<S extends string> = S | readonly S[];
/** Owners alone mean that changes from others are ignored; `raise` puts them before a person. */
export type OwnershipRule<S extends string> =
  | Owners<S>
  | { readonly owner: Owners<S>; readonly others: 'ignore' | 'raise' };
/**
 * Who may change what: one system owns each field of a record, so that two never overwrite each other in turns. Made with
 * `defineOwnership`.
 */
export interface Ownership<S extends string> {
  /** Named so that `compose` can refuse rules that name a system nobody connected. */
  readonly owners: readonly S[];
  /** `same` when nothing changes, `apply` from the owner, otherwise what the rule says of others. */
  judge(change: {
    readonly field: OwnedField;
    readonly from: string;
    readonly current: unknown;
    readonly incoming: unknown;
  }): 'apply' | 'same' | 'ignore' | 'raise';
}

/**
 * Says who may change what. Every owned field must be named, so a new field cannot ship without an owner. Throws
 * `wiring.invalid` for a field without one, where no compiler looked.
 */
export function defineOwnership<const S extends string>(rules: {
  readonly [F in OwnedField]: OwnershipRule<S>;
}): Ownership<S> {
  const owners = new Set<S>();
  for (const field of ownedFields) {
    const names = ownersIn(rules[field]);
    if (names.length === 0 || names.some((name) => typeof name !== 'string' || name === '')) throw withoutOwner(field);
    for (const name of names) owners.add(name);
  }
  return {
    owners: [...owners],
    judge({ field, from, current, incoming }) {
      if (sameContent(current, incoming)) return 'same';
      const rule = rules[field];
      if (ownersIn(rule).some((owner) => owner === from)) return 'apply';
      return isDetailed(rule) ? rule.others : 'ignore';
    },
  };
}

type Detailed<S extends string> = { readonly owner: Owners<S>; readonly others: 'ignore' | 'raise' };

function isDetailed<S extends string>(rule: OwnershipRule<S>): rule is Detailed<S> {
  return typeof rule === 'object' && 'others' in rule;
}

function ownersIn<S extends string>(rule: OwnershipRule<S>): readonly S[] {
  const owners = isDetailed(rule) ? rule.owner : rule;
  // What is no list is a name; `S` alone does not tell the compiler so.
  return Array.isArray(owners) ? (owners as readonly S[]) : [owners as S];
}

function withoutOwner(field: OwnedField): CommerceError {
  return new CommerceError({
    code: 'wiring.invalid',
    message: `Ownership was not defined: "${field}" has no owner. Name the system whose changes to it count.`,
  });
}
