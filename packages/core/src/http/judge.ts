import type { Clock } from '../ports/clock.ts';
import type { Explain, HttpAnswer, HttpCall, HttpReply } from './call.ts';
import { callError } from './outcome.ts';
import { statusError } from './status-errors.ts';

/** At most so many places are named where an answer does not fit; the first ones tell what is wrong. */
const namedPlaces = 3;

/** A good answer, parsed. Throws what the platform's words mean, else what its status means. */
export function judge<T>(
  system: string,
  answer: HttpAnswer,
  call: HttpCall<T>,
  explain: Explain,
  clock: Clock,
): HttpReply<T> {
  const { status, headers, body, json } = answer;
  if (status < 200 || status > 299) throw explain(answer, call) ?? statusError(system, answer, call, clock.now());
  const refusal = body === '' ? undefined : explain(answer, call);
  if (refusal) throw refusal;
  const value = call.reads === 'text' ? body : json;
  const parsed = value === undefined ? undefined : call.answer.safeParse(value);
  if (parsed?.success) return { status, headers, data: parsed.data };
  const places = parsed?.error.issues.slice(0, namedPlaces).map(({ path, code }) => `"${path.join('.')}" (${code})`);
  const seen = places ? `its answer does not fit at ${places.join(', ')}` : 'its answer is no JSON';
  throw callError(system, call, {
    code: 'response.unexpected',
    message: `"${system}" answered \`${call.operation}\` with status ${status}, but ${seen}. Compare it with the API version that this connector is written for.`,
    details: { status },
  });
}
