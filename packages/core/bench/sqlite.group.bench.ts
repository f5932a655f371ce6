// A thousand that claim and complete at the same time, as a process that imports a backlog does.
import { againstTheDisk } from './durable-writes.ts';

export async function bench() {
  const { ours: ratio } = await againstTheDisk(1_000);
  const against = 'raw 4 KiB write and fdatasync, per durable step';
  return [{ id: 'sqlite.group', ratio, against, goal: '>=20', met: ratio >= 20 }];
}
