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

/** An owner alone means that changes from others are ignored; `raise` puts them before a person. */
export type OwnershipRule<S extends string> = S | { readonly owner: S; readonly others: 'ignore' | 'raise' };
/**
 * Who may change what: one system owns each field, so that two never overwrite each other in turns. Made with
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
    const owner = ownerOf(rules[field]);
    if (typeof owner !== 'string' || owner === '') throw withoutOwner(field);
    owners.add(owner);
  }
  return {
    owners: [...owners],
    judge({ field, from, current, incoming }) {
      if (sameContent(current, incoming)) return 'same';
      const rule = rules[field];
      if (from === ownerOf(rule)) return 'apply';
      return typeof rule === 'string' ? 'ignore' : rule.others;
    },
  };
}

function ownerOf<S extends string>(rule: OwnershipRule<S>): S {
  // A rule is a name or an object; `S` alone does not tell the compiler that a name is no object.
  return typeof rule === 'object' ? (rule as { readonly owner: S }).owner : rule;
}

function withoutOwner(field: OwnedField): CommerceError {
  return new CommerceError({
    code: 'wiring.invalid',
    message: `Ownership was not defined: "${field}" has no owner. Name the system whose changes to it count.`,
  });
}
