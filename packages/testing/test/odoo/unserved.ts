import type { Json } from '@crossdock/core';

export const isRecord = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields that the fake does not have and that are left out of questions, so that the rest of an answer is compared. */
export const unserved: Readonly<Record<string, readonly string[]>> = {
  // A summary for a form. The amounts themselves are fields of their own.
  'sale.order': ['tax_totals'],
};

/** A recorded exchange without them, in what was asked and in what was answered. */
export function withoutUnserved<Exchange extends { readonly body: Json; readonly answer: Json }>(
  model: string,
  recorded: Exchange,
): Exchange {
  const left = unserved[model];
  if (!left || !isRecord(recorded.body)) return recorded;
  const keep = (value: Json): Json => {
    if (Array.isArray(value)) {
      const items: readonly Json[] = value;
      return items.filter((item) => typeof item !== 'string' || !left.includes(item));
    }
    return isRecord(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => !left.includes(name))) : value;
  };
  const asked = Object.entries(recorded.body).map(
    ([name, value]) => [name, name === 'fields' || name === 'specification' ? keep(value) : value] as const,
  );
  const answer: Json = Array.isArray(recorded.answer) ? recorded.answer.map(keep) : recorded.answer;
  return { ...recorded, body: Object.fromEntries(asked), answer };
}
