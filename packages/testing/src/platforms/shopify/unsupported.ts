import { apiError } from './api-error.ts';
import { lackingWords } from './graphql/lacking.ts';

/** What the platform can do and the fake cannot: said aloud, never left out in silence. */
export function unsupported(what: string): Error {
  return apiError('FAKE_UNSUPPORTED', lackingWords(what), { fake: true });
}
