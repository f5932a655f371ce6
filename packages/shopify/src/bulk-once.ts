import { CommerceError, isCommerceError, mayHaveWritten, type Clock, type SharedStore } from '@crossdock/core';
import { foundOperations } from './bulk-found.ts';
import { raiseRefusal, withPlace } from './bulk-places.ts';
import type { BulkJob } from './bulk-start.ts';
import { waitFor, type Waiting } from './bulk-wait.ts';
import type { ShopifyClient } from './client.ts';
import { bulkRunMutation } from './documents/bulk.ts';
import { leaseMsOf, sendWindow, type SendWindow } from './send-window.ts';
import { ownNotes, startNotes } from './start-note.ts';
import type { WireFoundOperation } from './wire/bulk.ts';

/** A mutation by its key and its content: Shopify keeps neither, so that both stand in the name that it has in its text. */
export interface BulkName {
  readonly ofKey: string;
  /** Begins with the one of its key. */
  readonly whole: string;
}

/** Starts mutations, each once. */
export interface MutationStarts {
  /**
   * Starts the mutation, or takes the one of its name that was started before, however it ended. `upload` puts its lines
   * where Shopify finds them, and is asked for only where it is started. Throws `key.reused` where the key was for other
   * content, and `write.uncertain` where it cannot be told whether it was started or whether it was started twice.
   */
  start(name: BulkName, text: string, upload: () => Promise<string>, call: Waiting): Promise<BulkJob>;
  /** Others of this name that did something. */
  rivals(name: BulkName, id: string, call: Waiting): Promise<readonly string[]>;
}

export interface StartSettings {
  readonly system: string;
  readonly clock: Clock;
  readonly shared?: SharedStore | undefined;
  readonly timeoutMs?: number | undefined;
}

/** How far back one of ours is looked for: it may take ten days, and its answers are kept for seven. shopify.dev, bulk operations, read 2026-11-23. */
const backMs = 30 * 86_400_000;
/** Waits before each look for one that was sent by somebody else, or of which the answer was lost. */
const lostWaitsMs = [0, 5000, 15_000];
const defaultTimeoutMs = 30_000;

export function mutationStarts(client: ShopifyClient, settings: StartSettings): MutationStarts {
  const { system, clock, shared, timeoutMs = defaultTimeoutMs } = settings;
  const starts = startNotes(shared ?? ownNotes(clock), leaseMsOf(timeoutMs));
  /** What is being started here. */
  const open = new Map<string, Promise<unknown>>();

  return {
    async start(name, text, upload, call) {
      const before = open.get(name.ofKey);
      const own = (before ?? Promise.resolve()).then(() => begun(name, text, upload, call));
      // Whoever comes next looks for itself, also where this one failed.
      const over = own.catch(() => undefined);
      open.set(name.ofKey, over);
      void over.then(() => open.get(name.ofKey) === over && open.delete(name.ofKey));
      return own;
    },

    async rivals(name, id, call) {
      const found = await ofKey(name, call);
      return found.filter((each) => each.id !== id).map((each) => each.id);
    },
  };

  async function begun(name: BulkName, text: string, upload: () => Promise<string>, call: Waiting): Promise<BulkJob> {
    const before = await taken(name, call);
    if (before) return before;
    const path = await upload();
    return withPlace(() => sentOnce(name, text, path, call), settings, call);
  }

  /**
   * Notes the start and sends it, unless somebody did: then theirs is taken, or waited for as long as it may be on its way.
   * `undefined` where there is no place.
   */
  async function sentOnce(name: BulkName, text: string, path: string, call: Waiting): Promise<BulkJob | undefined> {
    const window = sendWindow(clock, call.signal);
    const note = await starts.note(`${system}/bulk/${name.ofKey}`);
    if ('leftMs' in note) return foreign(name, note.leftMs, call);
    // Whoever had noted it before may have started it since the last look.
    const before = await taken(name, call);
    if (before) return before;
    try {
      const job = await send(name, text, path, window, call);
      if (!job) await note.takeBack();
      return job;
    } catch (error) {
      if (isCommerceError(error) && !mayHaveWritten(error)) await note.takeBack();
      throw error;
    }
  }

  /** The one that somebody else was about to start. */
  async function foreign(name: BulkName, leftMs: number, call: Waiting): Promise<BulkJob> {
    for (const waitMs of lostWaitsMs) {
      await waitFor(clock, waitMs, system, call);
      const found = await taken(name, call);
      if (found) return found;
    }
    throw new CommerceError({
      code: 'write.in-flight',
      system,
      operation: call.operation,
      retryAfterMs: leftMs,
      message: `\`${call.operation}\` was not sent to "${system}": its start was sent under the same key before and may still be on its way. Call it again with that key in ${Math.ceil(leftMs / 1000)} s: it is looked for before anything is sent.`,
    });
  }

  /** Sends it once; `undefined` where there is no place, or was none in the time for which its start was noted. */
  async function send(
    name: BulkName,
    mutation: string,
    path: string,
    window: SendWindow,
    call: Waiting,
  ): Promise<BulkJob | undefined> {
    const variables = { mutation, path, identifier: name.whole };
    let cause: unknown;
    try {
      const sent = { ...call, signal: window.signal, safety: 'once', variables } as const;
      const { bulkOperationRunMutation } = await client.run(bulkRunMutation, sent);
      const { bulkOperation, userErrors } = bulkOperationRunMutation;
      // One that is there runs, whatever is said beside it.
      if (bulkOperation) return bulkOperation;
      raiseRefusal(userErrors, system, call);
      if (userErrors.length > 0) return undefined;
    } catch (error) {
      const isHeldBack = isCommerceError(error, 'call.aborted') && window.hasStopped() && call.signal?.aborted !== true;
      if (isHeldBack) return undefined;
      if (!isCommerceError(error) || !mayHaveWritten(error) || error.code === 'write.in-flight') throw error;
      cause = error;
    }
    return lost(name, cause, call);
  }

  /** Looks for one whose answer did not come. It may still be on its way, so no other one is sent. */
  async function lost(name: BulkName, cause: unknown, call: Waiting): Promise<BulkJob> {
    const seen = 'the answer to its start was lost, and it is not there yet';
    try {
      for (const waitMs of lostWaitsMs) {
        await waitFor(clock, waitMs, system, call);
        const found = await taken(name, call);
        if (found) return found;
      }
    } catch (error) {
      throw isCommerceError(error) ? uncertain(seen, call, cause ?? error) : error;
    }
    throw uncertain(seen, call, cause);
  }

  /** The one that is to be waited for: the oldest. */
  async function taken(name: BulkName, call: Waiting): Promise<BulkJob | undefined> {
    const [first] = await ofKey(name, call);
    return first && same(name, first, call);
  }

  function same(name: BulkName, found: WireFoundOperation, { operation }: Waiting): BulkJob {
    if (found.query.includes(name.whole)) return found;
    throw new CommerceError({
      code: 'key.reused',
      system,
      operation,
      message: `\`${operation}\` was not sent to "${system}": its key was for another mutation or other lines, which bulk operation "${found.id}" carries out. Give this one a key of its own.`,
    });
  }

  async function ofKey(name: BulkName, call: Waiting): Promise<readonly WireFoundOperation[]> {
    const found = await foundOperations(client, clock, { kind: 'mutation', backMs }, call);
    return found.filter(({ query }) => query.includes(name.ofKey));
  }

  function uncertain(seen: string, { operation }: Waiting, cause?: unknown): CommerceError {
    return new CommerceError({
      code: 'write.uncertain',
      system,
      operation,
      message: `Whether "${system}" carries out \`${operation}\` is not known: ${seen}. Call it again with the same key: it is looked for before anything is sent.`,
      cause,
    });
  }
}

/** The error of a mutation that several operations carried out. */
export function twiceCarriedOut(ids: readonly string[], system: string, { operation }: Waiting): CommerceError {
  const named = ids.map((id) => `"${id}"`).join(' and ');
  return new CommerceError({
    code: 'write.uncertain',
    system,
    operation,
    message: `\`${operation}\` was carried out more than once by "${system}", in part or as a whole: by bulk operations ${named}, which were started at the same moment. Look there what was written twice, then resolve.`,
  });
}
