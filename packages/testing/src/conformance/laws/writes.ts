import type { TraitCatalogue } from '@crossdock/core';
import { holds, refusal } from '../holds.ts';
import type { Law } from '../law.ts';
import { probesOf } from '../probes.ts';

/** What tells no write from another. */
const badKeys = [
  ['a blank key', ''],
  ['a key of blanks', '  '],
  ['no key', undefined],
  ['a key of 201 characters', 'k'.repeat(201)],
] as const;

/** Laws about every operation that changes the platform. */
export const writesLaws = [
  {
    id: 'writes/refuse-a-blank-key',
    operations: [],
    async check(trial) {
      for (const probe of (await probesOf(trial)).filter(({ kind }) => kind === 'write')) {
        for (const [what, idempotencyKey] of badKeys) {
          const before = trial.platform.journal.all.length;
          const error = await refusal(() => probe.call({ idempotencyKey }), `${probe.operation} with ${what}`);
          holds(error.code === 'options.invalid', `${probe.operation} ended as "${error.code}" with ${what}.`);
          const calls = trial.platform.journal.all.length - before;
          holds(calls === 0, `${probe.operation} made ${calls} calls with ${what}.`);
        }
      }
    },
  },
  {
    id: 'writes/a-native-key-says-how-long-it-is-honoured',
    operations: [],
    applies: (traits) => keysIn(traits).length > 0,
    async check({ connector }) {
      for (const { operation, guard, keyValidMs } of keysIn(connector.traits)) {
        const says = `${operation}, of which the guard is "${guard}", says that a key is honoured for`;
        holds(typeof keyValidMs === 'number' && keyValidMs > 0, `${says} ${String(keyValidMs)} ms.`);
      }
    },
  },
] as const satisfies readonly Law[];

/**
 * The operations that say that the platform honours a key, and for how long. Read without a type: a connector in JavaScript
 * may say anything.
 */
function keysIn(traits: Partial<TraitCatalogue>) {
  return Object.entries(traits as Readonly<Record<string, object>>)
    .map(([operation, trait]) => ({
      operation,
      guard: String(Reflect.get(trait, 'duplicateGuard') ?? 'its own'),
      keyValidMs: Reflect.get(trait, 'keyValidMs') as unknown,
    }))
    .filter(({ guard, keyValidMs }) => guard === 'native-key' || keyValidMs !== undefined);
}
