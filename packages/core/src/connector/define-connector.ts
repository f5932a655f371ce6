import { CommerceError, isCommerceError } from '../errors/commerce-error.ts';
import type { OperationName, TraitCatalogue } from '../ports/catalogue.ts';
import type { Usage } from '../ports/usage.ts';
import type { AnyPorts, Connector, OfferedBy, OnlyKnown, TraitsFor } from './connector.ts';
import { withWriteKeys } from './write-keys.ts';

/** What a connector is made from. `ports` holds exactly the operations that work. */
export interface ConnectorDefinition<P extends AnyPorts> {
  readonly platform: string;
  readonly apiVersion: string;
  readonly system: string;
  readonly ports: P & OnlyKnown<P>;
  readonly traits: TraitsFor<OfferedBy<P>>;
  /** Throws what the platform refuses. */
  readonly check: () => Promise<void>;
  readonly usage: () => readonly Usage[];
}

/**
 * Makes a connector of its ports. Operation names and `can` derive from the methods that are there, so a connector
 * cannot claim what it does not do; the compiler demands the traits of what is offered.
 * Writes reject with `options.invalid`, unsent, when their idempotency key is not a text of 1 to 200 characters.
 */
export function defineConnector<const P extends AnyPorts>(definition: ConnectorDefinition<P>): Connector<P> {
  const operations = operationsOf(definition.ports);
  const base = {
    contract: 1 as const,
    platform: definition.platform,
    apiVersion: definition.apiVersion,
    system: definition.system,
    operations,
    traits: definition.traits as Partial<TraitCatalogue>,
    can: (operation: OperationName) => (operations as readonly OperationName[]).includes(operation),
    usage: definition.usage,
    async check() {
      try {
        await definition.check();
        return { ok: true as const };
      } catch (error) {
        if (isCommerceError(error)) return { ok: false as const, error };
        throw error;
      }
    },
  };
  // The ports are P by definition, and `operations` were read from them; the compiler cannot follow the key remapping.
  return { ...withWriteKeys<P>(definition.ports, definition.system), ...base } as unknown as Connector<P>;
}

function operationsOf<P extends AnyPorts>(ports: P): readonly OfferedBy<P>[] {
  const names: string[] = [];
  for (const [port, methods] of Object.entries(ports)) {
    for (const [method, implementation] of Object.entries(methods ?? {})) {
      if (typeof implementation !== 'function') {
        throw new CommerceError({
          code: 'wiring.invalid',
          message: `Connector operation "${port}.${method}" was not defined: its value is no function. Leave the key out where the platform cannot do it.`,
        });
      }
      names.push(`${port}.${method}`);
    }
  }
  return names as readonly OfferedBy<P>[];
}
