import { CommerceError, fingerprint } from '@crossdock/core';
import { fileLines, type FileSettings } from './bulk-file.ts';
import type { BulkJobs } from './bulk-jobs.ts';
import { toBulkRow } from './bulk-row.ts';
import { uploadLines } from './bulk-upload.ts';
import type { Waiting } from './bulk-wait.ts';
import type { ShopifyClient } from './client.ts';

/** What became of one line: what the mutation answered, or why it was not carried out. */
export interface BulkAnswer {
  /** Which line, from 0 on. Answers come in any order. */
  readonly line: number;
  /** `data` or `errors`, as Shopify wrote them. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Runs one mutation for each of many lines of variables. */
export interface BulkMutations {
  /**
   * Hands out the answers as they are read, in pieces. Under the same key the same lines are sent once, by whichever
   * process: what runs is waited for, and what is done is read again for seven days. Lines without an answer have none.
   */
  run(mutation: string, lines: readonly string[], key: string, call: Waiting): AsyncGenerator<readonly BulkAnswer[]>;
}

/** Of one file, in letters; Shopify takes 100 MB. shopify.dev, bulk operations, read 2026-11-23. */
const mostLetters = 90_000_000;

export function bulkMutations(client: ShopifyClient, jobs: BulkJobs, settings: FileSettings): BulkMutations {
  const { system } = settings;
  return {
    async *run(mutation, lines, key, call) {
      const letters = lines.reduce((sum, line) => sum + line.length + 1, 0);
      if (letters > mostLetters) throw tooLong(letters, call);
      const name = `Bulk_${(await fingerprint([key, mutation, lines])).slice(0, 32)}`;
      const text = mutation.replace(/^(\s*mutation)(\s+\w+)?/, `$1 ${name}`);
      const job = await jobs.mutation(text, () => uploadLines(client, lines, settings, call), call);
      const end = await jobs.ended(job.id, call);
      if (end.state === 'gone') throw gone(job.id, call);
      const file = end.state === 'done' ? end.file : end.partial;
      for await (const part of file ? fileLines(file, 0, settings, call) : []) {
        yield part.flatMap((line): BulkAnswer[] => {
          const { fields } = toBulkRow(line.text, { system, operation: call.operation });
          const number = fields['__lineNumber'];
          return typeof number === 'number' ? [{ line: number, fields }] : [];
        });
      }
      if (end.state === 'failed') throw end.error;
    },
  };

  function tooLong(letters: number, { operation }: Waiting): CommerceError {
    return new CommerceError({
      code: 'options.invalid',
      system,
      operation,
      message: `\`${operation}\` was not sent to "${system}": its lines have ${letters} letters, and a file holds ${mostLetters}. Send it in several.`,
    });
  }

  function gone(id: string, { operation }: Waiting): CommerceError {
    return new CommerceError({
      code: 'write.uncertain',
      system,
      operation,
      message: `What became of bulk operation "${id}" of "${system}" is not known: its answers are not kept any more. Look there what was written, then resolve or replay.`,
    });
  }
}
