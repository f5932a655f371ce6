import { CommerceError } from '../errors/commerce-error.ts';
import { momentSchema } from '../model/moment.ts';

/**
 * Throws `options.invalid` unless `value` is left out or a moment that has come: from one that has not, a pull would begin
 * behind what happens until then. `call` names the call: `sweep`.
 */
export function checkUpdatedAfter(call: string, value: unknown, now: number): void {
  if (value === undefined) return;
  const moment = momentSchema.safeParse(value).data;
  if (moment === undefined) throw refused(call, `a ${typeof value} that is none`);
  if (Date.parse(moment) > now) throw refused(call, `"${moment}", which has not come`);
}

function refused(call: string, seen: string): CommerceError {
  return new CommerceError({
    code: 'options.invalid',
    message: `Nothing was done: ${call}({ updatedAfter }) wants a moment in UTC that has come, got ${seen}. Pass one such as "2026-11-01T00:00:00Z".`,
  });
}
