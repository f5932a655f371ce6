import { CommerceError, isCommerceError, mayHaveWritten, type Clock, type SharedStore } from '@crossdock/core';
import { foundOperations } from './bulk-found.ts';
import { raiseRefusal, withPlace } from './bulk-places.ts';
import type { BulkJob } from './bulk-start.ts';
import { waitFor, type Waiting } from './bulk-wait.ts';
import { endedOperation } from './bulk-watch.ts';
import type { ShopifyClient } from './client.ts';
import { bulkCancel, bulkRunMutation } from './documents/bulk.ts';
import { oneAtATime } from './token-turn.ts';
import type { WireBulkOperation, WireFoundOperation } from './wire/bulk.ts';

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
}

/** How far back one of ours is looked for: it may take ten days, and its answers are kept for seven. shopify.dev, bulk operations, read 2026-11-23. */
const backMs = 30 * 86_400_000;
/** Waits before each look for one whose answer was lost. */
const lostWaitsMs = [0, 5000, 15_000];

export function mutationStarts(client: ShopifyClient, settings: StartSettings): MutationStarts {
  const { system, clock, shared } = settings;
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
      return found.filter((each) => each.id !== id && !wasNothing(each)).map((each) => each.id);
    },
  };

  async function begun(name: BulkName, text: string, upload: () => Promise<string>, call: Waiting): Promise<BulkJob> {
    const before = await taken(name, call);
    if (before) return before;
    const path = await upload();
    const turn = oneAtATime(shared, clock, `${system}/bulk/${name.ofKey}`);
    return withPlace(
      () => turn(async () => (await taken(name, call)) ?? (await send(name, text, path, call))),
      settings,
      call,
    );
  }

  /** Sends it once; `undefined` where there is no place. */
  async function send(name: BulkName, mutation: string, path: string, call: Waiting): Promise<BulkJob | undefined> {
    const variables = { mutation, path, identifier: name.whole };
    let cause: unknown;
    try {
      const { bulkOperationRunMutation } = await client.run(bulkRunMutation, { ...call, safety: 'once', variables });
      const { bulkOperation, userErrors } = bulkOperationRunMutation;
      raiseRefusal(userErrors, system, call);
      if (bulkOperation) return await alone(name, bulkOperation, call);
      if (userErrors.length > 0) return undefined;
    } catch (error) {
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

  /** Another process may have started one at the same moment. The oldest stays, and ours goes if it has done nothing. */
  async function alone(name: BulkName, ours: BulkJob, call: Waiting): Promise<BulkJob> {
    try {
      const first = (await ofKey(name, call)).find((each) => !wasNothing(each));
      if (!first || first.id === ours.id) return ours;
      const variables = { id: ours.id };
      await client.run(bulkCancel, { ...call, safety: 'repeatable', variables });
      const end = await endedOperation(client, ours.id, settings, call);
      if (!end || !wasNothing(end)) throw twice([first.id, ours.id], call);
      return same(name, first, call);
    } catch (error) {
      if (!isCommerceError(error) || error.code === 'write.uncertain' || error.code === 'key.reused') throw error;
      throw started(ours.id, call, error);
    }
  }

  /** The one that is to be waited for: the oldest that does something, else the oldest. */
  async function taken(name: BulkName, call: Waiting): Promise<BulkJob | undefined> {
    const found = await ofKey(name, call);
    const first = found.find((each) => !wasNothing(each)) ?? found[0];
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

  function twice(ids: readonly string[], call: Waiting): CommerceError {
    return twiceCarriedOut(ids, system, call);
  }

  function started(id: string, { operation }: Waiting, cause: unknown): CommerceError {
    return new CommerceError({
      code: 'write.in-flight',
      system,
      operation,
      message: `\`${operation}\` was started at "${system}" as bulk operation "${id}", and was not looked at again. Call it again with the same key: its answers are read then, and nothing is sent.`,
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

/** One that was canceled before it carried out any line. */
function wasNothing({ status, objectCount }: Pick<WireBulkOperation, 'status' | 'objectCount'>): boolean {
  return status === 'CANCELED' && objectCount === '0';
}
