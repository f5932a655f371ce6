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

/** Runs after which a runner makes way for a fresh one: what was killed in it is never quite forgotten. */
const mostRuns = 150;

/** Runs in so many processes, each of which starts and kills processes of its own. */
export async function runnersElsewhere(module: string, count: number): Promise<Runners> {
  const all = await Promise.all(Array.from({ length: count }, () => fresh(module)));
  const free = [...all];
  const waiting: ((runner: Runner) => void)[] = [];

  const taken = () => {
    const runner = free.shift();
    if (runner) return Promise.resolve(runner);
    return new Promise<Runner>((resolve) => waiting.push(resolve));
  };
  const leave = (runner: Runner) => {
    const next = waiting.shift();
    if (next) next(runner);
    else free.push(runner);
  };
  return {
    async run(task) {
      const runner = await taken();
      try {
        if (runner.runs >= mostRuns) await renewed(runner, module);
        runner.runs++;
        return await made(runner.child, task);
      } finally {
        leave(runner);
      }
    },
    async end() {
      await Promise.all(all.map(({ child }) => ended(child)));
    },
  };
}

type Runner = { child: ChildProcess; runs: number };

async function fresh(module: string): Promise<Runner> {
  const child = forkRole('runner', module);
  await readiness(child);
  return { child, runs: 0 };
}

async function renewed(runner: Runner, module: string): Promise<void> {
  await ended(runner.child);
  Object.assign(runner, await fresh(module));
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.disconnect();
  await exit;
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
