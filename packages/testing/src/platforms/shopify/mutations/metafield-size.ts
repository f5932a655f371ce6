// In bytes, as an app has them that began after April 2026; those before, and versions before 2026-04, may write 2 MB of
// json. shopify.dev, metafield limits and JSON metafield values limited to 128KB, read 2026-11-26.
const most: Readonly<Record<string, number>> = { json: 131_072, id: 2048, url: 2048 };
const mostOthers = 65_536;

// Each entry of a list has the size of its type. shopify.dev, metafield limits, read 2026-11-26.
const mostEntries: Readonly<Record<string, number>> = { metaobject_reference: 256 };
const mostEntriesOthers = 128;

/** Why a metafield's value is too much for its type; undefined when it is not. The words are ours: none is recorded. */
export function tooMuch(type: string, value: string): string | undefined {
  const single = type.replace(/^list\./, '');
  const bytes = most[single] ?? mostOthers;
  if (single === type) return isLonger(value, bytes) ? tooLong(bytes) : undefined;
  const entries = entriesOf(value);
  const count = mostEntries[single] ?? mostEntriesOthers;
  if (entries.length > count) return `Value is too long (maximum is ${count} entries)`;
  return entries.some((entry) => isLonger(entry, bytes)) ? tooLong(bytes) : undefined;
}

function tooLong(bytes: number): string {
  return `Value is too long (maximum is ${bytes} bytes)`;
}

function isLonger(text: string, bytes: number): boolean {
  return new TextEncoder().encode(text).length > bytes;
}

function entriesOf(value: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list)
      ? list.map((entry: unknown) => (typeof entry === 'string' ? entry : JSON.stringify(entry)))
      : [];
  } catch {
    // Whoever asks refuses what is no list for that.
    return [];
  }
}
