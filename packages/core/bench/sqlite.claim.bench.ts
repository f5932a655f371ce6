// One worker that claims a key and completes it, one after another: what a single flow feels.
import { againstTheDisk } from './durable-writes.ts';

export async function bench() {
  const { ours: ratio, bare } = await againstTheDisk(1);
  console.log(`  sqlite.claim: the same two statements on SQLite with nothing round them ${bare.toFixed(2)}`);
  const against = 'raw 4 KiB write and fdatasync, per durable step';
  return [{ id: 'sqlite.claim', ratio, against, goal: '>=0.8', met: ratio >= 0.8 }];
}
