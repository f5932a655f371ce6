import { crashEverywhere, isProved, type CrashPlatforms, type CrashWorld } from '@crossdock/testing/crash';
import { expect, it } from 'vitest';
import forgetful from './worlds/forgetful.ts';
import { pointOf } from './point-of.ts';
import onDisk from './worlds/on-disk.ts';

const kill = <P extends CrashPlatforms>(world: CrashWorld<P>, name: string) => {
  const point = pointOf(name);
  return crashEverywhere(world, { point, kinds: ['kill'], parallel: 1 });
};

it.each([
  'before send: POST ledger /entries',
  'after send: POST ledger /entries',
  'before commit: runs.writeStep book-order/till/order/1/order.placed book',
  'after commit: inbox.put d-1 + jobs.add',
])(
  'a process that is killed %s loses and doubles nothing that is on a disk',
  async (name) => {
    const report = await kill(onDisk, name);
    expect(report.failures).toEqual([]);
    expect(isProved(report)).toBe(true);
  },
  30_000,
);

it('kills for good: what a process only had in its memory is gone', async () => {
  const report = await kill(forgetful, 'before send: POST ledger /entries (2)');
  expect(report.losses).toBe(1);
}, 30_000);
