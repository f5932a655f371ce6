import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a process of ours is there for. */
export type Role = 'program' | 'runner';

/** Starts a process of our own that loads the module of a world. It says `ready` when it has. */
export function forkRole(role: Role, module: string): ChildProcess {
  return fork(entry(), [role, module], {
    execArgv: [
      ...process.execArgv,
      // Whoever runs the sources means those of the other packages, too.
      ...(import.meta.url.endsWith('.ts') ? ['--conditions=@crossdock/source'] : []),
      '--disable-warning=ExperimentalWarning',
      // A story leaves much behind that is soon forgotten.
      ...(role === 'runner' ? ['--max-semi-space-size=64'] : []),
    ],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
}

/** Beside the entries of the package, whether it was built or not. */
function entry(): string {
  const here = import.meta.url;
  return fileURLToPath(here.endsWith('.ts') ? new URL('../crash-process.ts', here) : new URL('crash-process.js', here));
}

/** Resolves when the process has loaded its world; rejects when it ends before. */
export function readiness(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null, signal: string | null) =>
      reject(
        new Error(`A process for crashing ended with ${signal ?? `status ${code}`} before it was ready; it said why.`),
      );
    child.once('exit', onExit);
    child.once('message', () => {
      child.off('exit', onExit);
      resolve();
    });
  });
}
