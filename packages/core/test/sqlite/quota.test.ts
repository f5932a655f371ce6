import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { listen } from '../../../testing/src/listen.ts';
import { refillingPlatform } from '../policies/model-platform.ts';

const processFile = new URL('quota-process.ts', import.meta.url).pathname;
const published = { capacity: 20, refillPerSecond: 40 };
const forMs = 3_000;
const processes = 4;
const callers = 4;

const endSchema = z.object({ calls: z.number(), refused: z.number() });

/** A platform on a socket, by the machine's own clock. Each answer takes a little while. */
async function platform() {
  const allowance = refillingPlatform(published.capacity, published.refillPerSecond);
  const started = Date.now();
  const counted = { accepted: 0, refused: 0 };
  const listening = await listen({
    async fetch() {
      const isAccepted = allowance.arrive(1, Date.now() - started);
      counted[isAccepted ? 'accepted' : 'refused'] += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
      return new Response('{}', { status: isAccepted ? 200 : 429 });
    },
  });
  onTestFinished(() => listening.close());
  return { url: listening.url, counted };
}

function start(file: string, url: string): ChildProcess {
  const args = [file, url, callers, published.capacity, published.refillPerSecond].map(String);
  const child = fork(processFile, args, { execArgv: ['--conditions=@crossdock/source', '--no-warnings'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

function said(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`The process ended with ${code} before it said anything.`)));
  });
}

it('is not refused once by a platform that four processes call as fast as it allows', { timeout: 60_000 }, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'crossdock-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const { url, counted } = await platform();
  const file = join(directory, 'hub.db');
  const children: ChildProcess[] = [];
  // One after the other: the first makes the file.
  for (let made = 0; made < processes; made++) {
    const child = start(file, url);
    await said(child);
    children.push(child);
  }
  const began = Date.now();
  for (const child of children) child.send(forMs);
  const ends = await Promise.all(children.map(async (child) => endSchema.parse(await said(child))));
  const seconds = (Date.now() - began) / 1000;

  expect(counted.refused).toBe(0);
  expect(ends.map(({ refused }) => refused)).toEqual([0, 0, 0, 0]);
  expect(ends.reduce((sum, { calls }) => sum + calls, 0)).toBe(counted.accepted);
  // Each of them got something, and together they used what there is; the machine may be busy with other things.
  expect(Math.min(...ends.map(({ calls }) => calls))).toBeGreaterThan(5);
  const share = counted.accepted / (published.capacity + published.refillPerSecond * seconds);
  expect(share).toBeGreaterThan(0.5);
});
