import { hexOf, sha256 } from '../rules/fingerprint.ts';

/** A write's key may have 200 characters; the rest is for what a step appends to tell two writes apart. */
const longest = 160;

/**
 * The key of one step of one run: the same on every attempt and in every process, and readable where it fits, because a
 * person will meet it in the other system.
 */
export async function stepKey(run: string, step: string): Promise<string> {
  const key = `${run}/${step}`;
  if (key.length <= longest) return key;
  const hash = hexOf(await sha256(key)).slice(0, 32);
  return `${key.slice(0, longest - hash.length - 1)}~${hash}`;
}
