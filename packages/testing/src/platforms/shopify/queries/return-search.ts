import type { ReturnRecord } from '../records.ts';
import { numberField, textField, timeField, type SearchFields } from '../search.ts';

/** What the returns of an order are searched by. Names from the schema of API 2026-10, read 2026-11-26. */
export const returnFields: SearchFields<ReturnRecord> = {
  id: numberField(({ id }) => id),
  name: textField(({ name }) => name),
  status: textField(({ status }) => status),
  created_at: timeField(({ createdAt }) => createdAt),
};
