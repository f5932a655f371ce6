import { fingerprint, type Json } from '@crossdock/core';
import * as z from 'zod';

/** Our number of a record with the key and the content that it was made of, as it stands in a note. */
export const numberMarkSchema = z.object({ number: z.string(), key: z.string(), content: z.string() });
export type NumberMark = Readonly<z.infer<typeof numberMarkSchema>>;

/** What the mark on a record says of a call. */
export type MarkKinship =
  /** Its number is another one, or it has none. */
  | 'none'
  /** It was made of this content, under whichever key: a number is of one record. */
  | 'own'
  /** This key made it of another content. */
  | 'edited'
  /** Another call made it under this number. */
  | 'other';

/** No key and no part of the content can be read out of it. */
export async function numberMark(number: string, idempotencyKey: string, content: Json): Promise<NumberMark> {
  return { number, key: await brief(idempotencyKey), content: await brief(content) };
}

/** As it stands behind what people wrote. */
export function markText({ number, key, content }: NumberMark): string {
  return `${beginOf(number)}${key}-${content}]`;
}

/** What a note says of a call. Only what follows the number whole is of it: others may begin alike. */
export function kinshipOf(note: string | null, mark: NumberMark): MarkKinship {
  const behind = (note ?? '').split(beginOf(mark.number)).slice(1);
  const found = behind.map((text) => /^([0-9a-f]{16})-([0-9a-f]{16})\]/.exec(text)).findLast((match) => match !== null);
  if (!found) return 'none';
  const [, key, content] = found;
  if (content === mark.content) return 'own';
  return key === mark.key ? 'edited' : 'other';
}

/** Whether the call's key stands in a note, under whichever number. */
export function hasKey(note: string | null, { key }: NumberMark): boolean {
  return note !== null && new RegExp(`\\[crossdock/.* ${key}-[0-9a-f]{16}\\]`).test(note);
}

/** A note without the mark, for people. */
export function withoutMark(note: string | null): string | undefined {
  const text = (note ?? '').replace(/\s*\[crossdock\/[^\]]* [0-9a-f]{16}-[0-9a-f]{16}\]$/, '').trim();
  return text === '' ? undefined : text;
}

/** A bracket in a number would end the mark too early. */
function beginOf(number: string): string {
  return `[crossdock/${number.replaceAll('%', '%25').replaceAll(']', '%5D')} `;
}

async function brief(value: Json): Promise<string> {
  return (await fingerprint(value)).slice(0, 16);
}
