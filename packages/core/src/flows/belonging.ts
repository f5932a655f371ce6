import { CommerceError } from '../errors/commerce-error.ts';
import type { Stores } from '../ports/stores.ts';

/**
 * Whether these stores are this integration's, asked once before the first work on them. Two integrations in one store
 * would take each other's jobs and run them with the wrong flows. Throws `wiring.invalid` when they are another's.
 */
export function belonging(stores: Stores, integration: string): () => Promise<void> {
  let asked: Promise<void> | undefined;
  const ask = async () => {
    const owner = await stores.belongTo(integration);
    if (owner === integration) return;
    throw new CommerceError({
      code: 'wiring.invalid',
      message: `Integration "${integration}" did nothing: its stores belong to integration "${owner}". Compose it under that name, or give it stores of its own.`,
    });
  };
  return () =>
    (asked ??= ask().catch((error: unknown) => {
      // A store that could not be reached is asked again by the next call.
      asked = undefined;
      throw error;
    }));
}

/** The same methods, each after the question. Decisions on what stopped are as little a stranger's as the work is. */
export function askedFirst<T extends object>(belongs: () => Promise<void>, methods: T): T {
  const asked = Object.entries(methods).map(([name, method]) => [
    name,
    async (...args: readonly unknown[]): Promise<unknown> => {
      await belongs();
      // Each entry is a method that answers with a promise.
      return (method as (...given: readonly unknown[]) => Promise<unknown>)(...args);
    },
  ]);
  return Object.fromEntries(asked) as T;
}
