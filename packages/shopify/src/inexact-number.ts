/**
 * Where in a value, that was read from this text, a number stands that was changed as it was read: a whole number above 2^53
 * would be taken for the right one. The text tells quickly that there is none.
 */
export function inexactPlace(value: unknown, text: string, name: string): string | undefined {
  if (!/\d{16}|\d[eE]/.test(text)) return undefined;
  const open: { readonly value: unknown; readonly path: string }[] = [{ value, path: name }];
  for (let at = open.pop(); at; at = open.pop()) {
    const { value: found, path } = at;
    if (typeof found === 'object' && found !== null) {
      for (const [key, member] of Object.entries(found)) open.push({ value: member, path: `${path}.${key}` });
    }
    if (typeof found === 'number' && !(Math.abs(found) <= Number.MAX_SAFE_INTEGER)) return path;
  }
  return undefined;
}
