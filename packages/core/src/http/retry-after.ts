const dayMs = 86_400_000;

/**
 * The wait that a `Retry-After` header asks for, in milliseconds, or `undefined` when there is none or it says nothing
 * we can read. Never more than a day: what asks for longer is a mistake, or can be asked again then. Reads seconds, decimals among them ("2.0"), and HTTP dates; a date that has passed is no wait.
 */
export function parseRetryAfter(value: string | null | undefined, now: number): number | undefined {
  const text = value?.trim();
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(dayMs, Math.ceil(Number(text) * 1000));
  // The three forms of RFC 9110 §5.6.7 begin with a day's name; Date.parse alone would also read "7" or "-1" as a year.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/i.test(text)) return undefined;
  // The oldest form (asctime) names no zone; it is UTC like the others.
  const moment = Date.parse(/\d{4}$/.test(text) ? `${text} GMT` : text);
  return Number.isNaN(moment) ? undefined : Math.min(dayMs, Math.max(0, moment - now));
}
