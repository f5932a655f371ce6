import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { FromRunner, Task, Trial } from './messages.ts';
import { forkRole, readiness } from './node-fork.ts';
import { makeTrial } from './node-trial.ts';
import type { CrashWorld } from './world.ts';

/** Makes runs, as many at a time as it has hands. */
export interface Runners {
  run(task: Task): Promise<Trial>;
  end(): Promise<void>;
}

/** Runs in this process, one after another: a kill is one of a process that is none. */
export function runnerHere(world: CrashWorld<never>): Runners {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(task) {
      const trial = last.then(() => makeTrial(world, task, `crash_${process.pid}`, undefined));
      last = trial.catch(() => {});
      return trial;
    },
    async end() {
      await last;
    },
  };
}

/** Runs in so many processes, each of which starts and kills processes of its own. */
export async function runnersElsewhere(module: string, count: number): Promise<Runners> {
  const all = Array.from({ length: count }, () => forkRole('runner', module));
  const free = [...all];
  const waiting: ((runner: ChildProcess) => void)[] = [];
  await Promise.all(all.map((runner) => readiness(runner)));

  const taken = () => {
    const runner = free.shift();
    if (runner) return Promise.resolve(runner);
    return new Promise<ChildProcess>((resolve) => waiting.push(resolve));
  };
  const leave = (runner: ChildProcess) => {
    const next = waiting.shift();
    if (next) next(runner);
    else free.push(runner);
  };
  return {
    async run(task) {
      const runner = await taken();
      try {
        return await made(runner, task);
      } finally {
        leave(runner);
      }
    },
    async end() {
      await Promise.all(
        all.map(async (runner) => {
          if (runner.exitCode !== null || runner.signalCode !== null) return;
          const exit = once(runner, 'exit');
          runner.disconnect();
          await exit;
        }),
      );
    },
  };
}

function made(runner: ChildProcess, task: Task): Promise<Trial> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null, signal: string | null) =>
      reject(new Error(`A runner ended by itself with ${signal ?? `status ${code}`}; it said why.`));
    const onMessage = (message: unknown) => {
      // Only our own runner speaks on this channel.
      const said = message as FromRunner;
      if (said.say === 'ready') return;
      runner.off('exit', onExit);
      runner.off('message', onMessage);
      if (said.say === 'ran') resolve(said.trial);
      else reject(new Error(said.message));
    };
    runner.on('exit', onExit);
    runner.on('message', onMessage);
    runner.send(task, (error) => {
      if (error) reject(error);
    });
  });
}
