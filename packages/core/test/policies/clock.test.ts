import { getEventListeners } from 'node:events';
import { expect, it, vi } from 'vitest';
import { systemClock } from '../../src/policies/clock.ts';

it('sleeps longer than one timer can hold', async () => {
  vi.useFakeTimers();
  try {
    const days = 40 * 24 * 3_600_000;
    let awake = false;
    const sleeping = systemClock.sleep(days).then(() => (awake = true));
    await vi.advanceTimersByTimeAsync(days - 1);
    expect(awake).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await sleeping;
    expect(awake).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

it('leaves no timer behind a sleep that was stopped or a deadline that was met', async () => {
  vi.useFakeTimers();
  try {
    const controller = new AbortController();
    const sleeping = systemClock.sleep(1000, controller.signal);
    controller.abort(new Error('enough'));
    await expect(sleeping).rejects.toThrow('enough');
    await expect(systemClock.sleep(1000, controller.signal)).rejects.toThrow('enough');
    const deadline = systemClock.deadline(1000);
    deadline.clear();
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(2000);
    expect(deadline.signal.aborted).toBe(false);
  } finally {
    vi.useRealTimers();
  }
});

it('lets go of the signal when it wakes', async () => {
  const { signal } = new AbortController();
  await systemClock.sleep(0, signal);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

it('aborts when a deadline passes', async () => {
  vi.useFakeTimers();
  try {
    const { signal } = systemClock.deadline(1000);
    await vi.advanceTimersByTimeAsync(1000);
    expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
  } finally {
    vi.useRealTimers();
  }
});
