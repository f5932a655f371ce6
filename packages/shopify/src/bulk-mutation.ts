import { CommerceError, fingerprint, isCommerceError, type Json } from '@crossdock/core';
import { fileLines, type FileSettings } from './bulk-file.ts';
import type { BulkJobs } from './bulk-jobs.ts';
import { mutationNamed } from './bulk-name.ts';
import { mutationStarts, twiceCarriedOut, type BulkName, type StartSettings } from './bulk-once.ts';
import { toBulkRow } from './bulk-row.ts';
import { uploadLines } from './bulk-upload.ts';
import type { Waiting } from './bulk-wait.ts';
import type { ShopifyClient } from './client.ts';
import { stableVariables } from './variables.ts';

/** What became of one line: what the mutation answered, or why it was not carried out. */
export interface BulkAnswer {
  /**
   * Which line, from 0 on, as Shopify numbers them. Answers come in any order; let the mutation answer with the id of its
   * record, and go by that.
   */
  readonly line: number;
  /** `data` or `errors`, as Shopify wrote them. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Variables of a mutation, once for each time that it is to be carried out. */
export type BulkLines = Iterable<Readonly<Record<string, Json>>> | AsyncIterable<Readonly<Record<string, Json>>>;

/** Runs one mutation for each of many lines of variables. */
export type BulkMutations = (
  mutation: string,
  lines: BulkLines,
  key: string,
  call: Waiting,
) => AsyncGenerator<readonly BulkAnswer[], void, undefined>;

/** Of one file. shopify.dev, bulk operations, read 2026-11-23. */
const mostBytes = 100_000_000;
/** Lines whose fingerprint is taken together. */
const perFingerprint = 500;

/**
 * Hands out the answers as they are read, in pieces. From the start on every error says that something may have been
 * written, and the same call again sends nothing.
 */
export function bulkMutations(
  client: ShopifyClient,
  jobs: BulkJobs,
  settings: FileSettings & StartSettings,
): BulkMutations {
  const { system } = settings;
  const starts = mutationStarts(client, settings);

  return async function* run(mutation, variables, key, call) {
    mutationNamed(mutation, 'Checked', system, call.operation);
    const { name, count, id } = await started(mutation, variables, key, call);
    if (id === undefined) return;
    const seen = new Uint8Array(count);
    let open = count;
    try {
      const end = await waited(id, call);
      if (end.state === 'gone') throw unread('its answers are not kept any more', id, call);
      const file = end.state === 'done' ? end.file : end.partial;
      for await (const part of file ? fileLines(file, 0, settings, call) : []) {
        const answers = part.map((line): BulkAnswer => {
          const { fields } = toBulkRow(line.text, { system, operation: call.operation });
          const number = fields['__lineNumber'];
          if (typeof number === 'number' && seen[number] === 0) {
            seen[number] = 1;
            open -= 1;
            return { line: number, fields };
          }
          throw unread(
            `an answer is for line "${String(number)}" of ${count}, numbered from 0, or for one that has one`,
            id,
            call,
          );
        });
        yield answers;
      }
      if (open > 0) {
        const why = end.state === 'failed' ? `it ended as "${end.status}"` : 'it says that it is done';
        throw unread(`${why}, and ${open} of ${count} lines have no answer`, id, call);
      }
      const rivals = await starts.rivals(name, id, call);
      if (rivals.length > 0) throw twiceCarriedOut([id, ...rivals], system, call);
    } catch (error) {
      if (!isCommerceError(error) || error.code === 'write.uncertain' || error.code === 'write.in-flight') throw error;
      throw unread('its answers were not read to the end', id, call, error);
    }
  };

  /** Its lines are held until it is started, and no longer. */
  async function started(mutation: string, variables: BulkLines, key: string, call: Waiting) {
    const { lines, name } = await written(mutation, variables, key, call);
    if (lines.length === 0) return { name, count: 0, id: undefined };
    const text = mutationNamed(mutation, name.whole, system, call.operation);
    const { id } = await starts.start(name, text, () => uploadLines(client, lines, settings, call), call);
    return { name, count: lines.length, id };
  }

  async function written(mutation: string, variables: BulkLines, key: string, call: Waiting) {
    const encoder = new TextEncoder();
    const lines: string[] = [];
    let bytes = 0;
    let content = await fingerprint(mutation);
    for await (const each of variables) {
      const line = JSON.stringify(stableVariables(each, system, call.operation));
      bytes += encoder.encode(line).length + 1;
      if (bytes > mostBytes) throw tooLong(lines.length, call);
      lines.push(line);
      if (lines.length % perFingerprint === 0) content = await fingerprint([content, lines.slice(-perFingerprint)]);
    }
    content = await fingerprint([content, lines.slice(lines.length - (lines.length % perFingerprint))]);
    const ofKey = `Bulk_${(await fingerprint(key)).slice(0, 32)}`;
    const name: BulkName = { ofKey, whole: `${ofKey}_${content.slice(0, 32)}` };
    return { lines, name };
  }

  async function waited(id: string, call: Waiting) {
    try {
      return await jobs.ended(id, call);
    } catch (error) {
      if (!isCommerceError(error)) throw error;
      throw new CommerceError({
        code: 'write.in-flight',
        system,
        operation: call.operation,
        message: `\`${call.operation}\` was started at "${system}" as bulk operation "${id}", and was not waited for to its end. It goes on there. Call it again with the same key: its answers are read then, and nothing is sent.`,
        cause: error,
      });
    }
  }

  function tooLong(lines: number, { operation }: Waiting): CommerceError {
    return new CommerceError({
      code: 'options.invalid',
      system,
      operation,
      message: `\`${operation}\` was not sent to "${system}": a file has ${mostBytes} bytes, and ends behind ${lines} of its lines. Send them in several.`,
    });
  }

  function unread(seen: string, id: string, { operation }: Waiting, cause?: unknown): CommerceError {
    return new CommerceError({
      code: 'write.uncertain',
      system,
      operation,
      message: `What became of every line of bulk operation "${id}" of "${system}" is not known: ${seen}. Look there what was written, or call it again with the same key: it sends nothing, and reads the answers that are kept.`,
      cause,
    });
  }
}
