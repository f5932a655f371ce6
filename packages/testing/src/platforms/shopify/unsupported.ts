import { apiError } from './api-error.ts';

/** What the platform can do and the fake cannot: said aloud, never left out in silence. */
export function unsupported(what: string): Error {
  return apiError('FAKE_UNSUPPORTED', `The fake shop does not know "${what}". Leave it out, or teach it to the fake.`, {
    fake: true,
  });
}
