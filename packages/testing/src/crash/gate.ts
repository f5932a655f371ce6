import { CommerceError } from '@crossdock/core';
import { never } from './clock.ts';
import type { Began, Injector } from './injector.ts';
import type { CrashPoint, Effect } from './point.ts';

/** What everything goes through that a process does to the world. */
export interface Gate {
  /** Does something that outlives the process, with a crash before or after it where one is planned. */
  around<T>(effect: Effect, label: string, act: () => Promise<T>): Promise<T>;
  /** The same for what crashes nowhere: a dead process does not even read. */
  through<T>(act: () => Promise<T>): Promise<T>;
  begin(effect: Effect, label: string): Began;
  /** Crashes here if that is planned: throws, or never comes back. */
  strike(phase: CrashPoint['phase'], began: Began): Promise<void>;
  readonly isDead: boolean;
  /** Calls under way. */
  readonly open: number;
  /** A call was made to throw: the process is to be started again when it has come to an end with that. */
  readonly isCondemned: boolean;
}

/** `die` ends the process as a kill does. In a real child it does not come back; here the gate stays shut after it. */
export function gate(injector: Injector, die: () => void): Gate {
  let isDead = false;
  let isCondemned = false;
  let open = 0;

  async function strike(phase: CrashPoint['phase'], began: Began): Promise<void> {
    const kind = injector.reach(phase, began);
    if (kind === undefined) return;
    if (kind === 'kill') {
      isDead = true;
      die();
      return never();
    }
    if (kind === 'throw') isCondemned = true;
    throw failureOf(began.effect);
  }

  async function through<T>(act: () => Promise<T>): Promise<T> {
    if (isDead) return never();
    open++;
    try {
      const result = await act();
      return isDead ? await never<T>() : result;
    } catch (error) {
      if (isDead) return await never<T>();
      throw error;
    } finally {
      open--;
    }
  }

  return {
    through,
    around: (effect, label, act) =>
      through(async () => {
        const began = injector.begin(effect, label);
        await strike('before', began);
        const result = await act();
        if (isDead) return never();
        await strike('after', began);
        return result;
      }),
    begin: (effect, label) => injector.begin(effect, label),
    strike,
    get isDead() {
      return isDead;
    },
    get open() {
      return open;
    },
    get isCondemned() {
      return isCondemned;
    },
  };
}

/** What a program sees of a store that went away, and of a connection that broke. */
function failureOf(effect: Effect): Error {
  if (effect === 'send') return new TypeError('fetch failed', { cause: new Error('crashed on purpose') });
  return new CommerceError({
    code: 'store.unavailable',
    message: 'The store did not answer: it was made to fail here. Whether it did what was asked is not known.',
  });
}
