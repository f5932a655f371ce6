import * as z from 'zod';

/** A moment: ISO 8601 in UTC, ending in `Z`. A platform's local time is converted where it is parsed. */
export const momentSchema = z.iso.datetime();

/** A calendar day without a zone, `YYYY-MM-DD`, for expiry dates and due dates. */
export const daySchema = z.iso.date();
