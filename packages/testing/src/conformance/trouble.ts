import { isCommerceError } from '@crossdock/core';
import type { Fault } from '../fake/faults.ts';

const page =
  '<!doctype html><html><head><title>Something went wrong</title></head><body>Please try again.</body></html>';
const html = { 'content-type': 'text/html; charset=utf-8' } as const;
const json = { 'content-type': 'application/json' } as const;

export interface Trouble {
  readonly name: string;
  readonly fault: Fault;
  /** What is left may still say enough: a status 404 without its body does. */
  readonly mayEndWell?: true;
}

/** Ways in which an answer can be no answer, each for all calls. */
export const troubles: readonly Trouble[] = [
  { name: 'an answer that is cut in the middle', fault: { kind: 'malformed' }, mayEndWell: true },
  { name: 'an empty answer', fault: { kind: 'answer', status: 200, headers: json, body: '' } },
  {
    name: 'an answer of another shape',
    fault: { kind: 'answer', status: 200, headers: json, body: '{"what":[1,{}]}' },
  },
  { name: 'null', fault: { kind: 'answer', status: 200, headers: json, body: 'null' } },
  { name: 'a web page with status 200', fault: { kind: 'answer', status: 200, headers: html, body: page } },
  { name: 'a web page with status 502', fault: { kind: 'answer', status: 502, headers: html, body: page } },
  { name: 'a refusal of the credentials', fault: { kind: 'answer', status: 401, headers: json, body: '{}' } },
  { name: 'a refusal of the operation', fault: { kind: 'answer', status: 403, headers: html, body: page } },
  { name: 'a redirect', fault: { kind: 'answer', status: 302, headers: { location: 'https://example.test/login' } } },
  { name: 'a connection that breaks', fault: { kind: 'drop', when: 'before' } },
];

/** Answers that repeat what nobody may see, as error pages and validators do. */
export function indiscretions(secrets: readonly string[]): readonly Trouble[] {
  const all = secrets.join(' ');
  const body = JSON.stringify({ message: all, errors: [{ message: all }], error: { message: all }, '': [all] });
  return [400, 401, 404, 422, 500, 200].map((status) => ({
    name: `an answer with status ${status} that repeats secrets`,
    fault: { kind: 'answer', status, headers: json, body },
  }));
}

/** Everything that a log or a store would write down of an error: its words, its details and what caused it. */
export function wordsOf(error: unknown): string {
  const words: string[] = [];
  const seen = new Set<unknown>();
  for (let part = error; part !== undefined && part !== null && !seen.has(part);) {
    seen.add(part);
    if (part instanceof Error) words.push(part.message, part.stack ?? '');
    else words.push(JSON.stringify(part));
    if (isCommerceError(part)) words.push(JSON.stringify(part.details ?? null), JSON.stringify(part.refs));
    part = part instanceof Error ? part.cause : undefined;
  }
  return words.join('\n');
}
