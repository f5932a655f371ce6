// One worker that claims a key and completes it, one after another: what a single flow feels.
import { againstTheDisk } from './durable-writes.ts';

export async function bench() {
  const ratio = await againstTheDisk(1);
  const against = 'raw 4 KiB write and fdatasync, per durable step';
  return [{ id: 'sqlite.claim', ratio, against, goal: '>=0.8', met: ratio >= 0.8 }];
}
