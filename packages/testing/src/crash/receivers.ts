import type { CrashPlatform, CrashPlatforms } from './world.ts';

/** Finds the platform that a request goes to. Throws where there is none: a program under test must speak to nobody else. */
export function receiverOf(
  platforms: CrashPlatforms,
): (request: Request) => { readonly system: string; readonly platform: CrashPlatform } {
  const byOrigin = new Map(
    Object.entries(platforms).flatMap(([system, platform]) =>
      originsOf(platform).map((origin) => [origin, { system, platform }] as const),
    ),
  );
  return ({ url }) => {
    const { origin } = new URL(url);
    const found = byOrigin.get(origin);
    if (found) return found;
    throw new RangeError(
      `A request went to "${origin}", and no platform of this world is there; they are at "${[...byOrigin.keys()].join('", "')}".`,
    );
  };
}

/** Every origin that a platform answers for. */
export function originsOf({ origin, otherOrigins = [] }: CrashPlatform): readonly string[] {
  return [origin, ...otherOrigins].map((one) => new URL(one).origin);
}
