const encoder = new TextEncoder();

/**
 * Below, above or zero as `one` stands before, behind or at `other` in the order of their UTF-8 bytes: what SQLite and
 * PostgreSQL's "C" collation do. JavaScript's own order differs for characters beyond the basic plane.
 */
export function inByteOrder(one: string, other: string): number {
  const [mine, theirs] = [encoder.encode(one), encoder.encode(other)];
  for (const [index, byte] of mine.entries()) {
    const difference = byte - (theirs[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return mine.length - theirs.length;
}
