import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { idleness, withTime } from './asking.ts';
import type { WorldClock } from './clock.ts';
import type { FromProgram, ToProgram } from './messages.ts';
import { forkRole, readiness } from './node-fork.ts';
import type { LiveProcess } from './process.ts';
import type { Answer } from './program.ts';

/** Processes that have loaded the program and wait for their turn: starting one takes longer than what it is there for. */
export interface Children {
  take(): Promise<ChildProcess>;
  /** One that came to no harm, for another turn. */
  giveBack(child: ChildProcess): void;
  end(): Promise<void>;
}

/** `ahead` is how many are started before they are needed. */
export function children(module: string, ahead = 1): Children {
  const spare: { readonly child: ChildProcess; readonly ready: Promise<void> }[] = [];
  const start = () => {
    const child = forkRole('program', module);
    const ready = readiness(child);
    // Whoever takes it is told.
    ready.catch(() => {});
    spare.push({ child, ready });
  };
  return {
    async take() {
      if (spare.length === 0) start();
      const next = spare.shift();
      while (spare.length < ahead) start();
      if (!next) throw new Error('There is no process to take.');
      await next.ready;
      return next.child;
    },
    giveBack(child) {
      spare.unshift({ child, ready: Promise.resolve() });
    },
    async end() {
      await Promise.all(spare.splice(0).map(({ child }) => killed(child)));
    },
  };
}

/** A process of its own for one program. `died`: it was killed before it had begun. */
export async function childProcess(
  pool: Children,
  clock: WorldClock,
  begin: Omit<Extract<ToProgram, { say: 'begin' }>, 'say' | 'now'>,
): Promise<LiveProcess | 'died'> {
  const child = await pool.take();
  const idle = idleness();
  let listener: ((message: FromProgram) => void) | undefined;
  let isHung = false;
  const died = new Promise<'died'>((resolve) => {
    child.once('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve('died');
      else listener?.({ say: 'failed', message: `it ended by itself with ${signal ?? `status ${code}`}` });
    });
  });
  child.removeAllListeners('message');
  child.on('message', (message) => {
    // Only our own program speaks on this channel.
    const heard = message as FromProgram;
    if (heard.say === 'idle') idle.tell(heard.nextAt);
    else listener?.(heard);
  });

  function said<T>(read: (message: FromProgram) => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      listener = (message) => {
        if (message.say === 'failed') reject(new Error(`The program under test could not go on: ${message.message}`));
        const value = read(message);
        if (value !== undefined) resolve(value);
      };
    });
  }
  function tell(message: ToProgram): void {
    // The answer to one that died is its death.
    if (child.connected) child.send(message, () => {});
  }

  const begun = said(({ say }) => (say === 'begun' ? say : undefined));
  tell({ say: 'begin', now: clock.now(), ...begin });
  if ((await Promise.race([begun, died])) === 'died') return 'died';
  return {
    async ask(ask) {
      const answer = said((message): Answer | undefined => (message.say === 'answer' ? message.answer : undefined));
      tell({ say: 'ask', now: clock.now(), ask });
      try {
        return await withTime(clock, Promise.race([answer, died]), idle, (now) => tell({ say: 'time', now }));
      } catch (error) {
        isHung = true;
        throw error;
      }
    },
    isCondemned: false,
    async end() {
      if (isHung || child.exitCode !== null || child.signalCode !== null) return killed(child);
      const ended = said(({ say }) => (say === 'ended' ? say : undefined));
      tell({ say: 'end' });
      await Promise.race([ended, died]);
      child.removeAllListeners();
      pool.giveBack(child);
    },
  };
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
