/** Whether two values say the same. An absent key equals one that is `undefined`; the order of a list counts. */
export function sameContent(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((item, index) => sameContent(item, other[index]));
  }
  const mine = new Map<string, unknown>(Object.entries(one));
  const theirs = new Map<string, unknown>(Object.entries(other));
  for (const key of theirs.keys()) if (!mine.has(key)) mine.set(key, undefined);
  for (const [key, value] of mine) if (!sameContent(value, theirs.get(key))) return false;
  return true;
}
