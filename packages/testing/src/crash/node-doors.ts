import { listen } from '../listen.ts';
import type { ToProgram } from './messages.ts';
import { originsOf } from './receivers.ts';
import type { CrashPlatforms } from './world.ts';

type Doors = Extract<ToProgram, { say: 'begin' }>['doors'];

/** Lets other processes reach the platforms, over real sockets of this machine. */
export async function openDoors(platforms: CrashPlatforms): Promise<{ readonly doors: Doors; close(): Promise<void> }> {
  const doors: Record<string, { readonly system: string; readonly url: string }> = {};
  const opened = await Promise.all(
    Object.entries(platforms).map(async ([system, platform]) => {
      const door = await listen(platform);
      for (const origin of originsOf(platform)) doors[origin] = { system, url: door.url };
      return door;
    }),
  );
  return {
    doors,
    async close() {
      await Promise.all(opened.map((door) => door.close()));
    },
  };
}
