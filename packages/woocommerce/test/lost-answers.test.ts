import { describe, expect, it } from 'vitest';
import { catalogueTrials } from './lost-answers/catalogue.ts';
import { customerTrials } from './lost-answers/customers.ts';
import { orderTrials } from './lost-answers/orders.ts';
import { shipmentTrials } from './lost-answers/shipments.ts';
import { trial, type TriedWrite } from './lost-answers/trial.ts';

const trials = 500;

/** Every write of the connector. */
const writes: readonly TriedWrite[] = [...catalogueTrials, ...customerTrials, ...shipmentTrials, ...orderTrials];

describe.each(writes)('$operation', (tried) => {
  it(`has one effect in ${trials} trials in which answers are lost`, async () => {
    const seeds = Array.from({ length: trials }, (_none, index) => index + 1);
    const failed: string[] = [];
    // Some beside each other, each in a world of its own.
    const next = async (): Promise<void> => {
      for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
        const at = seed;
        await trial(tried, at).catch((error: unknown) => {
          failed.push(`trial ${at}: ${error instanceof Error ? error.message : String(error)}`);
        });
      }
    };
    await Promise.all(Array.from({ length: 20 }, next));
    expect(failed).toEqual([]);
  }, 120_000);
});
