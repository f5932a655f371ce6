import type { ExceptionRecord, Stores } from '@crossdock/core';
import * as z from 'zod';
import { documentNumber } from './document-number.ts';
import type { Held } from './outcome.ts';

const eventSchema = z.object({ data: z.object({ number: z.string() }) });
const pageSize = 200;

/** Every open exception, with the number of the document that it holds. */
export async function readHeld(stores: Stores): Promise<readonly Held[]> {
  const held: Held[] = [];
  for (let after: string | undefined; ;) {
    const page: readonly ExceptionRecord[] = await stores.exceptions.list({ state: 'open', after, limit: pageSize });
    for (const record of page) held.push({ document: await documentOf(stores, record), record });
    if (page.length < pageSize) return held;
    after = page.at(-1)?.id;
  }
}

async function documentOf(stores: Stores, record: ExceptionRecord): Promise<string> {
  const run = await stores.runs.get(record.run);
  const event = eventSchema.safeParse(run?.event);
  // An exception without a run is about a delivery that could not be read; it has no document yet.
  return event.success ? documentNumber(event.data.data.number) : `delivery ${record.run}`;
}
