import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Orders } from './worker.ts';

type Said = Readonly<Record<string, unknown>>;

/** A worker in a process of its own. */
export interface Child {
  readonly said: readonly Said[];
  /** Resolves with the first thing it says that has this word. Rejects when it ends without it. */
  says(word: string): Promise<Said>;
  /** Resolves when the process stands still. */
  stopped(): Promise<void>;
  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void;
  /** Resolves with its exit code. */
  readonly ended: Promise<number | null>;
}

const file = new URL('worker.ts', import.meta.url).pathname;

export function startWorker(orders: Orders): Child {
  const argumentList = ['--conditions=@crossdock/source', '--no-warnings', file, JSON.stringify(orders)];
  const child = spawn(process.execPath, argumentList, { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: Said[] = [];
  const waiting = new Set<() => void>();
  let isOver = false;
  let rest = '';
  const wake = () => waiting.forEach((look) => look());
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    // Only the worker writes there.
    said.push(...lines.map((line) => JSON.parse(line) as Said));
    wake();
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      isOver = true;
      wake();
      resolve(code);
    });
  });
  return {
    said,
    ended,
    says: (word) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = said.find((each) => word in each);
          if (found === undefined && !isOver) return;
          waiting.delete(look);
          if (found) resolve(found);
          else reject(new Error(`The worker ended and never said "${word}". It said ${JSON.stringify(said)}.`));
        };
        waiting.add(look);
        look();
      }),
    async stopped() {
      while (!standsStill(child.pid)) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    signal(signal) {
      if (!isOver) child.kill(signal);
    },
  };
}

/** The state of a process stands behind its name, which is in parentheses. */
function standsStill(pid: number | undefined): boolean {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) === 'T';
}
