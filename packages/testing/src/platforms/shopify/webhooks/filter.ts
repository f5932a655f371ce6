import { search, type SearchField } from '../search.ts';

/** Whether a payload is what a subscription wants. A field of a list is any of its entries'. */
export function passes(payload: Readonly<Record<string, unknown>>, filter: string | undefined): boolean {
  return filter === undefined || search(filter, fieldsIn(filter), () => []).matches(payload);
}

/** Whether a filter names fields at all; one that does not is refused. */
export function hasFields(filter: string): boolean {
  return Object.keys(fieldsIn(filter)).length > 0;
}

type Payload = Readonly<Record<string, unknown>>;

function fieldsIn(filter: string): Readonly<Record<string, SearchField<Payload>>> {
  const names = [...filter.matchAll(/(?<![\w.'":])-?([\w.]+):/g)].flatMap(([, name]) => name ?? []);
  return Object.fromEntries(names.map((name) => [name, fieldAt(name.split('.'))]));
}

function fieldAt(path: readonly string[]): SearchField<Payload> {
  return (comparator, value) => (payload) =>
    valuesAt(payload, path).some((has) => {
      if (value === '*') return has !== null && has !== '';
      const [a, b] = [Number(has), Number(value)];
      const isNumber = has !== null && has !== '' && value !== '' && !Number.isNaN(a) && !Number.isNaN(b);
      const moments = [Date.parse(String(has)), Date.parse(value)];
      const isMoment = /^\d{4}-\d{2}-\d{2}/.test(value) && moments.every((each) => !Number.isNaN(each));
      const [left = 0, right = 0] = isMoment ? moments : [a, b];
      switch (comparator) {
        case '=':
          return isNumber ? left === right : String(has).toLowerCase() === value.toLowerCase();
        case '>':
          return (isNumber || isMoment) && left > right;
        case '>=':
          return (isNumber || isMoment) && left >= right;
        case '<':
          return (isNumber || isMoment) && left < right;
        case '<=':
          return (isNumber || isMoment) && left <= right;
      }
    });
}

function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((each: unknown) => valuesAt(each, path));
  const [step, ...rest] = path;
  if (step === undefined) return [value];
  if (typeof value !== 'object' || value === null) return [];
  const found = Object.entries(value).find(([name]) => name === step);
  return found ? valuesAt(found[1], rest) : [];
}
