import type { FromRunner, Task } from './messages.ts';
import { children } from './node-child.ts';
import { makeTrial } from './node-trial.ts';
import type { CrashWorld } from './world.ts';

/** Makes the runs that it is told to, one after another, in this process and in children of it. */
export function serveRunner(world: CrashWorld<never>, module: string): void {
  const pool = children(module);
  const place = `crash_${process.pid}`;
  process.on('message', (task: Task) => {
    makeTrial(world, task, place, pool).then(
      (trial) => tell({ say: 'ran', trial }),
      (error: unknown) =>
        tell({ say: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on('disconnect', () => {
    void pool.end().finally(() => process.exit(0));
  });
  tell({ say: 'ready' });
}

function tell(message: FromRunner): void {
  if (process.connected) process.send?.(message);
}
