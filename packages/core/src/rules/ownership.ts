/** The fields whose changes are worth fighting over; each has exactly one owner. */
export const ownedFields = [
  'order.status',
  'order.lines',
  'stock.available',
  'product.price',
  'product.content',
  'shipment.tracking',
] as const;
export type OwnedField = (typeof ownedFields)[number];

/** An owner alone means that changes from others are ignored; `raise` puts them before a person. */
export type OwnershipRule<S extends string> = S | { readonly owner: S; readonly others: 'ignore' | 'raise' };
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
