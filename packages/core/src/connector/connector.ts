import type { CommerceError } from '../errors/commerce-error.ts';
import type { Offers, OperationName, PortCatalogue, PortName, TraitCatalogue } from '../ports/catalogue.ts';
import type { Usage } from '../ports/usage.ts';

/** Any choice of ports and of operations in them. */
export type AnyPorts = {
  readonly [P in PortName]?: { readonly [M in keyof PortCatalogue[P]]?: PortCatalogue[P][M] };
};
/** The operation names of a choice of ports. */
export type OfferedBy<P> = { [K in keyof P & PortName]: `${K}.${keyof P[K] & string}` }[keyof P & PortName] &
  OperationName;
/** Turns a misspelt port or method into a compile error instead of a silently missing capability. */
export type OnlyKnown<P> = {
  readonly [K in keyof P]: K extends PortName
    ? { readonly [M in keyof P[K]]: M extends keyof PortCatalogue[K] ? P[K][M] : never }
    : never;
};
/** The traits that these operations have to state. */
export type TraitsFor<O> = { readonly [K in O & keyof TraitCatalogue]: TraitCatalogue[K] };

/** What every connector has, whatever it offers. */
export interface ConnectorBase<O extends OperationName = OperationName> {
  /** Raised only when the port catalogue changes incompatibly, so a mismatch is said at wiring time. */
  readonly contract: 1;
  readonly platform: string;
  readonly apiVersion: string;
  /** The system name that stands in every reference this connector gives out. Default: the platform's name. */
  readonly system: string;
  readonly operations: readonly O[];
  readonly traits: Partial<TraitCatalogue>;
  /** Narrows: after `if (connector.can('orders.cancel'))` the method is there for the compiler too. */
  can<Q extends OperationName>(operation: Q): this is Offers<Q>;
  /** One cheap authenticated read. Never throws for a platform's answer. */
  check(): Promise<{ readonly ok: true } | { readonly ok: false; readonly error: CommerceError }>;
  /** What was used of the platform's published allowance so far. */
  usage(): readonly Usage[];
}
/** A connected system with the operations of its ports `P`, as `defineConnector` makes it. */
export type Connector<P extends AnyPorts = AnyPorts> = ConnectorBase<OfferedBy<P>> & P;
