import { describe, it } from 'vitest';
import { testClock } from '../../fake/clock.ts';
import type { StoreLaw, StoreMaker } from './store-law.ts';
import { storeLaws } from './store-laws.ts';

/**
 * Declares one test a law. `make` gives fresh, empty stores for each, on the clock that it gets; they are closed
 * afterwards.
 */
export function describeStores(name: string, make: StoreMaker): void {
  describe(name, () => {
    for (const law of storeLaws) it(law.id, () => checkStoreLaw(law, make));
  });
}

/** Checks one law on fresh stores. Throws when it is broken. */
export async function checkStoreLaw(law: StoreLaw, make: StoreMaker): Promise<void> {
  const clock = testClock({ auto: false });
  const stores = await make(clock);
  try {
    await law.check({ stores, clock });
  } finally {
    await stores.close();
  }
}
