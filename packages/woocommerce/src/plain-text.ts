/** Text of a title or a name as people read it: WordPress keeps "&" as "&amp;". */
export function plainText(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal, hex, name: string) => {
    if (name) return named.get(name.toLowerCase()) ?? whole;
    const point = decimal ? Number(decimal) : Number.parseInt(String(hex), 16);
    return point <= 0x10_ff_ff ? String.fromCodePoint(point) : whole;
  });
}

const named: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Whether a shop that keeps text in its own way shows this one. */
export function isSameText(shown: string, wanted: string): boolean {
  return comparable(shown) === comparable(wanted);
}

function comparable(text: string): string {
  return plainText(text).replaceAll(/\r\n?/g, '\n').trim();
}
