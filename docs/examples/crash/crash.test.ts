import { crashEverywhere, isProved } from '@crossdock/testing/crash';
import { expect, it } from 'vitest';
import world from './world.ts';

it('loses and doubles nothing of the order flow, wherever it is crashed once', async () => {
  const report = await crashEverywhere(world, { stores: ['memory'], pairs: false });
  expect(report.failures).toEqual([]);
  expect(report).toMatchObject({ duplicates: 0, losses: 0, stuck: 0, broken: 0, uncertain: 0, unreached: [] });
  expect(report.points).toBeGreaterThanOrEqual(60);
  expect(report.runs).toBeGreaterThan(2 * report.points);
  expect(isProved(report)).toBe(true);
}, 240_000);
