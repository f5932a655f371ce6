import type { CrashPlatform } from './world.ts';

/** Every origin that a platform answers for. */
export function originsOf({ origin, otherOrigins = [] }: CrashPlatform): readonly string[] {
  return [origin, ...otherOrigins].map((one) => new URL(one).origin);
}
