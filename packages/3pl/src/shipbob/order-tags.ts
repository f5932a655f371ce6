import type { FulfillmentDraft, Ref } from '@crossdock/core';
import * as z from 'zod';
import type { WireOrder } from './wire/order.ts';

// ShipBob keeps an order's tags and gives them back. They hold what it has no field for.
const keyTag = 'crossdock-key';
const contentTag = 'crossdock-content';
const orderTag = 'crossdock-order';
const noteTag = 'crossdock-note';
const lineTag = 'crossdock-line-';
/** `external_line_id` is a whole number of 32 bits. developer.shipbob.com, API 2026-01, read 2026-11-23. */
const largestLineNumber = 2 ** 31 - 1;

/** A line's number at ShipBob: the id itself where all ids are such numbers, else its place in the draft. */
export function lineNumbersOf(lines: FulfillmentDraft['lines']): readonly number[] {
  const own = lines.map(({ id }) => (/^[1-9]\d{0,9}$/.test(id) ? Number(id) : Number.NaN));
  return own.every((number) => number <= largestLineNumber) ? own : lines.map((_line, index) => index + 1);
}

/** The tags of a new order. `key` is the stable form of the idempotency key, `content` the fingerprint of what is asked. */
export function tagsOf(
  draft: FulfillmentDraft,
  key: string,
  content: string,
): readonly { name: string; value: string }[] {
  const tags = [
    { name: keyTag, value: key },
    { name: contentTag, value: content },
    { name: orderTag, value: JSON.stringify([draft.order.system, draft.order.id]) },
  ];
  if (draft.note) tags.push({ name: noteTag, value: draft.note });
  const numbers = lineNumbersOf(draft.lines);
  for (const [index, { id }] of draft.lines.entries()) {
    const number = numbers[index];
    if (String(number) !== id) tags.push({ name: `${lineTag}${number}`, value: id });
  }
  return tags;
}

/** What the tags of an order say. An order that somebody else made has none of ours. */
export interface TagNotes {
  readonly key: string | undefined;
  readonly content: string | undefined;
  readonly order: Ref<'order'> | undefined;
  /** Our id of a line by its number at ShipBob. */
  lineId(number: number | null | undefined): string | undefined;
}

export function notesOf({ tags }: Pick<WireOrder, 'tags'>): TagNotes {
  const values = new Map<string, string>();
  for (const { name, value } of tags ?? []) if (name && value) values.set(name, value);
  const key = values.get(keyTag);
  return {
    key,
    content: values.get(contentTag),
    order: orderOf(values.get(orderTag)),
    lineId(number) {
      if (key === undefined || number === null || number === undefined) return undefined;
      return values.get(`${lineTag}${number}`) ?? String(number);
    },
  };
}

function orderOf(value: string | undefined): Ref<'order'> | undefined {
  if (value === undefined) return undefined;
  const parsed = z.tuple([z.string().min(1), z.string().min(1)]).safeParse(jsonOf(value));
  if (!parsed.success) return undefined;
  const [system, id] = parsed.data;
  return { system, kind: 'order', id };
}

/** A tag can be changed by hand: what is no JSON any more says nothing. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
