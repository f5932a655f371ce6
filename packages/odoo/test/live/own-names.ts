/**
 * Laws that look for a record by its name use the same names each time, and every one of them begins on an empty platform.
 * On one server each law's names are its own: told so in what is asked, and told back in what is answered.
 */
export function ownNames(run: string, law: number) {
  const mark = `-${run}-${law}`;
  // Unlike every other law's and, but for one run in a million, every other run's.
  const digits = `${String(Number.parseInt(run.slice(1), 16) % 1_000_000).padStart(6, '0')}${String(law).padStart(4, '0')}`;
  // Laws cut names in the middle, so what is put in must stand where none of them cuts.
  const there = (text: string) => text.replaceAll(/Q7|example/gi, (name) => name + mark).replace(heart, digits);
  const back = (text: string) => text.replaceAll(mark, '').replace(digits, '00638');
  return {
    there: <T>(value: T): T => told(value, there),
    back: <T>(value: T): T => told(value, back),
  };
}

/** What two barcodes of the laws have in their middle. */
const heart = /00638|90123/;

/** The same value with every text in it told otherwise. */
function told<T>(value: T, say: (text: string) => string): T {
  // Texts stay texts, lists lists and records records, so it is of the type that it was.
  return tell(value, say) as T;
}

function tell(value: unknown, say: (text: string) => string): unknown {
  if (typeof value === 'string') return say(value);
  if (Array.isArray(value)) return value.map((one) => tell(one, say));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, tell(one, say)]));
}
