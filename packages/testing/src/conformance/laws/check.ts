import { codeOf, holds, succeeds } from '../holds.ts';
import type { Law } from '../law.ts';
import { troubles } from '../trouble.ts';

/** Laws about the one cheap question whether a connector works. */
export const checkLaws = [
  {
    id: 'check/says-ok-when-all-is-well',
    operations: [],
    async check({ connector }) {
      const answer = await succeeds(() => connector.check(), 'check');
      holds(answer.ok, `check says "${answer.ok ? '' : answer.error.code}" while nothing is wrong.`);
    },
  },
  {
    id: 'check/never-throws-for-an-answer',
    operations: [],
    async check(trial) {
      for (const { name, fault, mayEndWell = false } of troubles) {
        const stop = trial.platform.faults.always('*', fault);
        const answer = await succeeds(() => trial.connector.check(), `check on ${name}`);
        stop();
        holds(!answer.ok || mayEndWell, `check says that all is well on ${name}.`);
        if (!answer.ok) holds(codeOf(answer.error) !== 'no CommerceError', `check gives no CommerceError on ${name}.`);
        await trial.clock.advance(60 * 60_000);
      }
    },
  },
] as const satisfies readonly Law[];
