import { codeOf, holds, outcomeOf } from '../holds.ts';
import type { Law } from '../law.ts';
import { probesOf } from '../probes.ts';
import { indiscretions, troubles, wordsOf } from '../trouble.ts';

/** Laws about what is thrown, whatever a platform answers. */
export const errorsLaws = [
  {
    id: 'errors/are-commerce-errors',
    operations: [],
    async check(trial) {
      for (const probe of await probesOf(trial)) {
        for (const { name, fault, mayEndWell = false } of troubles) {
          const stop = trial.platform.faults.always('*', fault);
          const ended = await outcomeOf(() => probe.call());
          stop();
          holds(!ended.ok || mayEndWell, `${probe.operation} ended well on ${name}.`);
          if (ended.ok) continue;
          const what =
            ended.error instanceof Error ? `${ended.error.name}: ${ended.error.message}` : String(ended.error);
          holds(codeOf(ended.error) !== 'no CommerceError', `${probe.operation} threw ${what} on ${name}.`);
          await trial.clock.advance(hourMs);
        }
      }
    },
  },
  {
    id: 'errors/carry-no-secret',
    operations: [],
    async check(trial) {
      const { secrets } = trial;
      holds(secrets.length > 0, 'Name at least one secret in setup: the token is one.');
      for (const probe of await probesOf(trial)) {
        for (const { name, fault } of [...troubles, ...indiscretions(secrets)]) {
          const stop = trial.platform.faults.always('*', fault);
          const ended = await outcomeOf(() => probe.call());
          stop();
          if (!ended.ok) {
            const words = wordsOf(ended.error);
            const told = secrets.filter((secret) => words.includes(secret)).length;
            holds(told === 0, `${probe.operation} told ${told} secrets in its error on ${name}.`);
          }
          await trial.clock.advance(hourMs);
        }
      }
    },
  },
] as const satisfies readonly Law[];

/** Longer than any circuit stays open. */
const hourMs = 60 * 60_000;
