import type { FulfillmentOrderRecord } from '../records.ts';
import { numberField, textField, timeField, type SearchFields } from '../search.ts';

/** What fulfillment orders are searched by. Names from the schema of API 2026-10, read 2026-11-26. */
export const fulfillmentOrderFields: SearchFields<FulfillmentOrderRecord> = {
  id: numberField(({ id }) => id),
  status: textField(({ status, words }) => words.status ?? status),
  assigned_location_id: numberField(({ locationId }) => locationId),
  updated_at: timeField(({ updatedAt }) => updatedAt),
};
