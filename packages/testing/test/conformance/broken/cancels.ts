import type { CancelOutcome, Ref } from '@crossdock/core';
import { despairing } from './despair.ts';
import type { ToyConnector } from '../toy/connector.ts';
import { errorOf, withChange, type Breaks, type Change } from './flaw.ts';

type Cancel = Extract<Change, `${string}.cancel`>;

/** Breaks of a write that cancels. */
export function cancelBreaks(operation: Cancel): Breaks {
  return {
    [`${operation}/is-repeatable`]: {
      says: /second time, threw "platform.conflict"/,
      connector: (sound: ToyConnector) => withChange<CancelOutcome>(sound, operation, onlyOnce),
    },
    [`${operation}/lost-answer-cancels`]: givingUp(operation),
  };
}

/** Breaks of one that can come too late. */
export function lateCancelBreaks(operation: Cancel, tooFar: string): Breaks {
  return {
    [`${operation}/too-late-is-refused-in-words`]: {
      says: new RegExp(`answered "canceled" for what ${tooFar}`),
      connector: (sound: ToyConnector) =>
        withChange<CancelOutcome>(sound, operation, (cancel) => async (...given) => {
          await cancel(...given);
          return { outcome: 'canceled' };
        }),
    },
  };
}

type Call<T> = (...given: readonly unknown[]) => Promise<T>;

/** Fails for the second time and ever after. */
export function onlyOnce<T>(call: Call<T>): Call<T> {
  let isDone = false;
  return async (...given) => {
    if (isDone) throw errorOf('platform.conflict');
    isDone = true;
    return call(...given);
  };
}

/** Does it for nobody who does not come alone. */
export function neverAmongOthers<T>(): (call: Call<T>) => Call<T> {
  let waiting = 0;
  return (call) =>
    async (...given) => {
      waiting += 1;
      await Promise.resolve();
      if (waiting > 1) throw errorOf('write.in-flight');
      return call(...given);
    };
}

/** After a lost answer it never says anything else again. */
export function givingUp(operation: Change) {
  return despairing({
    says: /threw "write.uncertain"/,
    connector: (sound, _platform, isLost) =>
      withChange<CancelOutcome | Ref>(sound, operation, (call) => async (...given) => {
        const outcome = await call(...given);
        if (isLost()) throw errorOf('write.uncertain');
        return outcome;
      }),
  });
}
