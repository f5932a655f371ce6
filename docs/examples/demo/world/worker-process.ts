import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { TestClock } from '@crossdock/testing';
import type { PlatformUsage, ToWorker, ToWorld, WorkerSettings } from './messages.ts';

/** Real milliseconds without a sign of life after which the worker is taken to wait for the world's clock, if it did not say so. */
const stuckAfterMs = 25;

/** The worker's process: started, asked to work, killed without warning, started again on the same file. */
export interface WorkerProcess {
  start(): Promise<void>;
  /** SIGKILL: nothing in it gets a chance to tidy up. */
  kill(): Promise<void>;
  /** Resolves when the worker has nothing left to do at this moment of the world. */
  settle(): Promise<void>;
  /** Asks for a settling and does not wait for it, so that a kill can fall into the middle of it. */
  begin(): void;
  sweep(): Promise<void>;
  stop(): Promise<void>;
  readonly url: string;
  readonly usage: readonly PlatformUsage[];
  readonly restarts: number;
}

/** Makes the handle of a worker that is not started yet. */
export function workerProcess(clock: TestClock, settings: Omit<WorkerSettings, 'now' | 'port'>): WorkerProcess {
  let child: ChildProcess | undefined;
  let port = 0;
  let starts = 0;
  let nextId = 0;
  let lastSign = performance.now();
  // Counters start at zero in every process: what earlier processes used is kept here.
  let earlier: readonly PlatformUsage[] = [];
  let current: readonly PlatformUsage[] = [];
  const waiting = new Map<number, () => void>();
  const sleeping = new Map<number, AbortController>();
  let failure: Error | undefined;
  /** Whether the worker said that nothing is at work in it, and has heard nothing since. */
  let isIdle = false;
  let onIdle: (() => void) | undefined;

  function send(message: ToWorker): void {
    isIdle = false;
    if (child?.connected) child.send(message);
  }

  function onMessage(message: ToWorld): void {
    lastSign = performance.now();
    switch (message.kind) {
      case 'ready':
        port = message.port;
        waiting.get(-1)?.();
        return;
      case 'sleep': {
        const controller = new AbortController();
        sleeping.set(message.id, controller);
        void wakeLater(message.id, message.ms, controller.signal);
        return;
      }
      case 'wake-cancelled':
        sleeping.get(message.id)?.abort(new Error('The sleeper left.'));
        return;
      case 'idle':
        isIdle = true;
        onIdle?.();
        return;
      case 'settled':
        current = message.usage;
        waiting.get(message.id)?.();
        return;
      case 'failed':
        failure = new Error(`The worker failed: ${message.message}`);
        for (const done of waiting.values()) done();
        return;
    }
  }

  async function wakeLater(id: number, ms: number, signal: AbortSignal): Promise<void> {
    try {
      await clock.sleep(ms, signal);
      send({ kind: 'wake', id, now: clock.now() });
    } catch (error) {
      // The sleeper changed its mind, or its process is gone.
      if (!signal.aborted) throw error;
    } finally {
      sleeping.delete(id);
    }
  }

  function idleness(): Promise<'idle'> {
    return new Promise((resolve) => {
      onIdle = () => resolve('idle');
    });
  }

  /** Asks, and lets the world's time pass to the worker's next waking when the worker only waits for that. */
  async function ask(kind: 'settle' | 'sweep'): Promise<void> {
    if (failure) throw failure;
    const id = nextId++;
    const answer = new Promise<'answered'>((resolve) => waiting.set(id, () => resolve('answered')));
    send({ kind, id, now: clock.now() });
    lastSign = performance.now();
    for (;;) {
      const seen = isIdle ? 'idle' : await Promise.race([answer, idleness(), pause(stuckAfterMs)]);
      if (seen === 'answered') break;
      isIdle = false;
      const wakeAt = clock.nextWakeAt;
      if (sleeping.size === 0 || wakeAt === undefined) continue;
      if (seen === 'paused' && performance.now() - lastSign <= stuckAfterMs) continue;
      await clock.advance(Math.max(0, wakeAt - clock.now()));
    }
    waiting.delete(id);
    if (failure) throw failure;
  }

  return {
    async start() {
      const workerSettings: WorkerSettings = { ...settings, now: clock.now(), port };
      const started = fork(new URL('../worker/worker.ts', import.meta.url), [JSON.stringify(workerSettings)], {
        execArgv: ['--conditions=@crossdock/source', '--disable-warning=ExperimentalWarning'],
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      child = started;
      starts++;
      const ready = new Promise<void>((resolve) => waiting.set(-1, resolve));
      started.on('message', (message) => {
        // Only our own worker speaks on this channel.
        if (child === started) onMessage(message as ToWorld);
      });
      started.on('exit', (code, signal) => {
        // A worker that we killed or stopped is not ours any more by then.
        if (child !== started) return;
        child = undefined;
        failure = new Error(`The worker ended by itself with ${signal ?? `status ${code}`}.`);
        for (const done of waiting.values()) done();
      });
      await ready;
      if (failure) throw failure;
    },
    async kill() {
      const victim = child;
      if (!victim) return;
      child = undefined;
      victim.kill('SIGKILL');
      await once(victim, 'exit');
      for (const controller of sleeping.values()) controller.abort(new Error('The process is gone.'));
      sleeping.clear();
      waiting.clear();
      earlier = sum(earlier, current);
      current = [];
    },
    settle: () => ask('settle'),
    begin() {
      send({ kind: 'settle', id: nextId++, now: clock.now() });
    },
    sweep: () => ask('sweep'),
    async stop() {
      const last = child;
      if (!last) return;
      child = undefined;
      last.disconnect();
      await once(last, 'exit');
    },
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    get usage() {
      return sum(earlier, current);
    },
    get restarts() {
      return Math.max(0, starts - 1);
    },
  };
}

function sum(one: readonly PlatformUsage[], other: readonly PlatformUsage[]): readonly PlatformUsage[] {
  const all = new Map<string, PlatformUsage>();
  for (const usage of [...one, ...other]) {
    const key = `${usage.system}/${usage.bucket}`;
    const before = all.get(key);
    all.set(
      key,
      before
        ? {
            ...usage,
            calls: before.calls + usage.calls,
            spent: before.spent + usage.spent,
            throttled: before.throttled + usage.throttled,
            waitedMs: before.waitedMs + usage.waitedMs,
          }
        : usage,
    );
  }
  return [...all.values()];
}

function pause(ms: number): Promise<'paused'> {
  return new Promise((resolve) => setTimeout(resolve, ms, 'paused'));
}
