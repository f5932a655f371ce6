import { checkCount } from '../exceptions/call-options.ts';
import type { StoreSet } from '../ports/stores.ts';
import { deliversTo, health } from './health.ts';
import { landPage } from './land-page.ts';
import { storeMoment, type Parts } from './parts.ts';
import { isCursorRefused, pullFrom } from './pull-from.ts';
import type { EventPage, PullOperation } from './pulls.ts';
import {
  anew,
  beginning,
  behind,
  ended,
  informed,
  readPlace,
  sweepName,
  writePlace,
  type SweepPlace,
} from './sweep-place.ts';
import type { SweepOptions, SweepReport } from './sweep-options.ts';
import { lookAtTelling } from './told-facts.ts';
import { checkUpdatedAfter } from './updated-after.ts';

const dayMs = 86_400_000;

/**
 * Reads again what changed lately and begins the runs that are missing. Each page lands with the place behind it, so a
 * sweep that breaks off is gone on with, or begun anew where its system does not go on from there; facts that are known begin nothing. Of two sweeps at once the slower one stops
 * without harm.
 */
export async function sweep(
  parts: Parts,
  system: string,
  operation: PullOperation,
  { updatedAfter, overlapMs = dayMs, graceMs = 600_000, signal }: SweepOptions = {},
): Promise<SweepReport> {
  checkCount('sweep({ overlapMs })', overlapMs, 0);
  checkCount('sweep({ graceMs })', graceMs, 0);
  const { stores, clock } = parts;
  checkUpdatedAfter('sweep', updatedAfter, clock.now());
  const name = sweepName(system, operation);
  const kept = await stores.cursors.read(name);
  const place = beginning(readPlace(kept), { now: clock.now(), overlapMs, updatedAfter });
  const report = { pages: 0, records: 0, started: 0, missed: 0 };
  const reading = { system, operation, name, kept, graceMs, report, signal };
  try {
    await readOn(parts, reading, place);
  } catch (error) {
    const isResumed = place.cursor !== undefined && report.pages === 0;
    if (!isResumed || !isCursorRefused(error)) throw error;
    await readOn(parts, reading, anew(place, clock.now()));
  }
  return report;
}

interface Reading extends Omit<SweepAt, 'place' | 'askedAt'> {
  readonly report: { -readonly [N in keyof SweepReport]: SweepReport[N] };
  readonly signal: AbortSignal | undefined;
}

/** Reads from a place to the end, and adds to the report what landed. */
async function readOn(parts: Parts, { report, signal, ...reading }: Reading, from: SweepPlace): Promise<void> {
  const { stores, clock } = parts;
  const { system, operation, name } = reading;
  let { kept } = reading;
  let place = from;
  const since = from.cursor === undefined ? { updatedAfter: from.from } : { cursor: from.cursor };
  const askedAt = await storeMoment(stores);
  const pages = pullFrom(parts, system, operation, since, signal);
  for await (const page of pages) {
    signal?.throwIfAborted();
    const landed = await land(parts, { ...reading, kept, place, askedAt }, page);
    if (landed === undefined) return;
    ({ kept, place } = landed);
    report.pages++;
    report.records += page.records;
    report.started += landed.started;
    report.missed += landed.missed;
  }
  // Whoever was faster has ended it, too.
  await stores.cursors.advance(name, kept, writePlace(ended(place, clock.now())));
  await health(parts, system);
}

interface SweepAt {
  readonly system: string;
  readonly operation: PullOperation;
  readonly name: string;
  readonly kept: string | undefined;
  readonly place: SweepPlace;
  readonly graceMs: number;
  readonly askedAt: string;
}

async function land(
  parts: Parts,
  { system, operation, name, kept, place, graceMs, askedAt }: SweepAt,
  page: EventPage,
) {
  const now = parts.clock.now();
  const next = behind(place, page, now);
  let landed = { kept: writePlace(next), place: next, missed: 0 };
  const also = async (inside: StoreSet) => {
    const telling = await lookAtTelling(parts.flows, inside, page.events, now - graceMs);
    // A unit of work may be run again, and begins from what it was given.
    const counted = informed(next, telling);
    const text = writePlace(counted);
    await inside.cursors.advance(name, writePlace(next), text);
    landed = { kept: text, place: counted, missed: telling.missed };
  };
  const started = await landPage(
    parts,
    {
      system,
      operation,
      name,
      expected: kept,
      next: writePlace(next),
      askedAt,
      // What a person closed within the overlap is closed.
      reopens: false,
      also: deliversTo(parts.systems[system]) ? also : undefined,
    },
    page,
  );
  return started === undefined ? undefined : { ...landed, started };
}
