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
] as const satisfies readonly Law[];
