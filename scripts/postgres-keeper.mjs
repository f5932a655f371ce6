// Outlives whoever started a PostgreSQL: when its standard input ends, because that process is done or dead, it stops
// the server and removes its folder. The process to stop is the one whose id came last in a line; 0 is none.
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const folder = process.argv[2];
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

let told = '';
for await (const chunk of process.stdin.setEncoding('utf8')) told += chunk;
const pid = Number(told.trim().split('\n').at(-1));

const signal = (name) => {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
};
// Immediate shutdown: the server ends its processes and leaves the files, which nobody needs any more, as they are.
if (pid > 0 && signal('SIGQUIT')) {
  for (let left = 100; left > 0 && signal(0); left -= 1) await sleep(50);
  signal('SIGKILL');
}
rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
