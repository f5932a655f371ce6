import { errorRules, type ErrorCode } from '../errors/codes.ts';
import { CommerceError } from '../errors/commerce-error.ts';
import { settleException } from '../exceptions/open-exception.ts';
import type { CommerceEvent } from '../model/event.ts';
import type { Ref } from '../model/ref.ts';
import type { ClaimedJob } from '../ports/stores.ts';
import type { JobLease } from './job-lease.ts';
import type { RereadPayload } from './job-payload.ts';
import { moment, storeMoment, type Parts } from './parts.ts';
import { rereads, type PullOperation } from './pulls.ts';
import { closeReadable } from './readable-again.ts';
import { startRuns } from './start-runs.ts';
import { isBefore, stateOf, type ReadableState } from './state-age.ts';
import { plain, type Task } from './task.ts';

/** Reads a record again that a page had and nobody could understand, and begins the runs that it asks for. */
export function rereadTask(parts: Parts, job: ClaimedJob, lease: JobLease, payload: RereadPayload): Task {
  const { system, operation, ref } = payload;
  return {
    flow: `${system}/${operation}`,
    run: job.id,
    step: operation,
    refs: ref === undefined ? [] : [ref],
    ...plain,
    async perform() {
      const askedAt = await storeMoment(parts.stores);
      const events = await rereadRecord(parts, payload, lease.signal);
      await parts.stores.atomically(async (inside) => {
        if ((await inside.jobs.finish(job.id, job.lease)) === 'lost') throw lease.lose();
        await startRuns(parts, inside, events);
        await settleException(inside, job.id);
        const at = moment(parts.clock);
        await closeReadable(inside, {
          system,
          operation,
          states: ref === undefined ? [] : [stateRead(events, ref)],
          askedAt,
          at,
        });
      });
    },
  };
}

/** What a record states now that a page had and nobody could understand. */
export async function rereadRecord(
  parts: Pick<Parts, 'systems'>,
  { system, operation, ref, version, error }: RereadPayload,
  signal: AbortSignal,
): Promise<readonly CommerceEvent[]> {
  const connector = parts.systems[system];
  // An operation that is not in the table cannot be read again either.
  const read = rereads[operation as PullOperation];
  const reading = connector && ref && read?.(connector, ref, { signal });
  if (ref === undefined || reading === undefined) throw kept(error, ref, system, operation);
  const events = await reading;
  if (events !== undefined) {
    const state = stateRead(events, ref);
    if (isBefore(state, version)) throw lagging(state, system, operation, version);
    return events;
  }
  throw new CommerceError({
    code: 'record.missing',
    message: `${ref.kind} "${ref.id}" was not taken over from "${system}": it is not there any more. Dismiss this, or create it there and replay.`,
    system,
    operation,
    refs: [ref],
  });
}

/** The state of this record that these facts were read from. One that proves nothing does not say when it was. */
function stateRead(events: readonly CommerceEvent[], ref: Ref): ReadableState {
  const states = events.flatMap(({ data }) => stateOf(data) ?? []);
  return (
    states.find((state) => state.ref.kind === ref.kind && state.ref.id === ref.id) ?? { ref, updatedAt: undefined }
  );
}

/** What was read is not what could not be understood: that may come yet. */
function lagging({ ref, updatedAt }: ReadableState, system: string, operation: string, version = ''): CommerceError {
  return new CommerceError({
    code: 'platform.conflict',
    message: `${ref.kind} "${ref.id}" was not taken over from "${system}": it was given as it was at "${updatedAt}", and what could not be understood is its state of "${version}". It is asked for again later.`,
    system,
    operation,
    refs: [ref],
  });
}

/** What the page said of the record, for a record that cannot be read alone. */
function kept(error: RereadPayload['error'], ref: Ref | undefined, system: string, operation: string): CommerceError {
  return new CommerceError({
    code: isCode(error.code) ? error.code : 'record.invalid',
    message: `${error.message} It cannot be read again alone: it comes with "${operation}" when it changes in "${system}". Then resolve this.`,
    system,
    operation,
    refs: ref === undefined ? [] : [ref],
  });
}

function isCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorRules, code);
}
