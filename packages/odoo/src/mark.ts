import { fingerprint, type Json } from '@crossdock/core';

/** Under which key a record was made and of what content, both as the beginning of a fingerprint. */
export interface Mark {
  readonly key: string;
  readonly content: string;
}

/** What a mark on a record says of a call. */
export type Kinship =
  /** This key made it, of this content. */
  | 'own'
  /** This key made it, of another content. */
  | 'edited'
  /** Another key made it, of this very content. */
  | 'twin'
  /** Somebody else made it. */
  | 'other';

/** The mark of a call. No key and no part of the content can be read out of it. */
export async function markOf(idempotencyKey: string, content: Json): Promise<Mark> {
  return { key: await brief(idempotencyKey), content: await brief(content) };
}

/** The mark as it stands in a field that people read too. */
export function markText({ key, content }: Mark): string {
  return `${keyText(key)}${content}]`;
}

/** The beginning of every mark that this key left, to search for. */
export function keyText(key: string): string {
  return `[crossdock ${key}/`;
}

/** Whether a record's text holds a mark at all. */
export function isMarked(text: string | undefined): boolean {
  return marking.test(text ?? '');
}

/** Compares the mark in a record's text with the one of a call. A text without a mark is somebody else's. */
export function kinshipOf(text: string | null, own: Mark): Kinship {
  const [, key, content] = marking.exec(text ?? '') ?? [];
  if (key === own.key) return content === own.content ? 'own' : 'edited';
  return content === own.content ? 'twin' : 'other';
}

const marking = /\[crossdock ([0-9a-f]+)\/([0-9a-f]+)\]/;

async function brief(value: Json): Promise<string> {
  return (await fingerprint(value)).slice(0, 24);
}
