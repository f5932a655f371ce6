import { fork, type ChildProcess } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { listen } from '../../../testing/src/listen.ts';
import type { Place } from '../fencing/place.ts';
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

function start({ module, where }: Place, url: string): ChildProcess {
  const args = [module, where, url, callers, published.capacity, published.refillPerSecond].map(String);
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

/** Holds stores to keeping one allowance for four processes that call a platform as fast as it allows. */
export function describeQuota(name: string, { newPlace }: { readonly newPlace: () => Place }): void {
  describe(`what four processes ask of a platform, with what is left kept in ${name},`, () => {
    it('is as fast as it allows, and is never refused', { timeout: 60_000 }, async () => {
      const { url, counted } = await platform();
      const place = newPlace();
      const children: ChildProcess[] = [];
      // One after the other: the first makes the stores.
      for (let made = 0; made < processes; made++) {
        const child = start(place, url);
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
  });
}
