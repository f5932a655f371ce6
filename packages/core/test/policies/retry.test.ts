import { expect, it } from 'vitest';
import { retry, type RetrySettings } from '../../src/policies/retry.ts';
import { testClock } from '../../../testing/src/fake/clock.ts';

function settings(rest: Partial<RetrySettings> = {}): RetrySettings {
  return {
    clock: testClock(),
    random: () => 0.5,
    retries: 3,
    minDelayMs: 100,
    maxDelayMs: 1000,
    worthwhile: () => true,
    askedMs: () => undefined,
    ...rest,
  };
}

function failing(times: number) {
  let attempts = 0;
  return async () => {
    if (attempts++ < times) throw new Error(`failure ${attempts}`);
    return attempts;
  };
}

it('tries until it works, or gives the last failure', async () => {
  expect(await retry(failing(3), settings())).toBe(4);
  await expect(retry(failing(4), settings())).rejects.toThrow('failure 4');
});

it('does not repeat what is not worth it, whatever its type', async () => {
  await expect(retry(failing(1), settings({ worthwhile: () => false }))).rejects.toThrow('failure 1');
});

it('asks nobody once its caller has stopped', async () => {
  const controller = new AbortController();
  const asked: unknown[] = [];
  const work = async () => {
    controller.abort();
    throw new Error('stopped on the way');
  };
  const stopped = retry(work, settings({ signal: controller.signal, worthwhile: (error) => asked.push(error) > 0 }));
  await expect(stopped).rejects.toThrow('stopped on the way');
  expect(asked).toEqual([]);
});

it('spreads waits by chance from nothing to the whole', async () => {
  for (const [random, waited] of [
    [0, 0],
    [0.5, 350],
    [0.999, 700],
  ] as const) {
    const clock = testClock();
    const started = clock.now();
    await retry(failing(3), settings({ clock, random: () => random }));
    expect(clock.now() - started).toBe(waited);
  }
});
