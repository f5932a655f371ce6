import { hexOf, sha256 } from '../rules/fingerprint.ts';

/** A write's key may have 200 characters; the rest is for what a step appends to tell two writes apart. */
const longest = 160;

/**
 * The key of one step of one run: the same on every attempt and in every process, and readable where it fits, because a
 * person will meet it in the other system.
 */
export async function stepKey(run: string, step: string): Promise<string> {
  // A write may append "/" and a word to the key, so a step's own name must not look like that.
  const key = `${run}/${step.replaceAll('%', '%25').replaceAll('/', '%2F')}`;
  if (key.length <= longest) return key;
  const hash = hexOf(await sha256(key)).slice(0, 32);
  return `${key.slice(0, longest - hash.length - 1)}~${hash}`;
}
