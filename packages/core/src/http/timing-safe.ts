/**
 * Whether two byte strings are the same, in a time that depends on their length only, so that a forger learns nothing
 * from how long a refusal took.
 */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (const [index, byte] of one.entries()) difference |= byte ^ (other[index] ?? 0);
  return difference === 0;
}

/** Whether two texts are the same, in a time that depends on their length only. For shared secrets in headers. */
export function sameText(one: string, other: string): boolean {
  const encoder = new TextEncoder();
  return sameBytes(encoder.encode(one), encoder.encode(other));
}
