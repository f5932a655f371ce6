// Stable on 2026-11-23, each for at least twelve months; a new one every quarter. shopify.dev, API versioning.
/** The versions that a shop serves unless told otherwise, oldest first. */
export const stableVersions: readonly string[] = ['2026-01', '2026-04', '2026-07', '2026-10'];

/**
 * The version that really answers: the one asked for, or the oldest that is still served when that one has expired.
 * Undefined when there never was such a version.
 */
export function servedVersion(asked: string, served: readonly string[]): string | undefined {
  if (served.includes(asked)) return asked;
  const newest = served.at(-1);
  if (asked === 'unstable') return newest;
  const isVersion = /^20\d{2}-(01|04|07|10)$/.test(asked);
  return isVersion && newest && asked < newest ? served[0] : undefined;
}
