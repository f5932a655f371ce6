import { CommerceError } from '@crossdock/core';
import type { FileSettings } from './bulk-file.ts';
import { stopped, waitFor, type Waiting } from './bulk-wait.ts';
import type { ShopifyClient } from './client.ts';
import { stagedUploads } from './documents/bulk.ts';
import { raiseUserErrors } from './errors.ts';
import { isSafeLink } from './safe-link.ts';

/** Waits before the file is sent again. Nothing happens with a file that no operation names. */
const waitsMs = [1000, 4000, 16_000];
/** Longest wait for a file to be taken: it may have a hundred megabytes. */
const uploadTimeoutMs = 300_000;

/** Puts lines where a bulk operation finds them, and gives the place. */
export async function uploadLines(
  client: ShopifyClient,
  lines: readonly string[],
  settings: FileSettings,
  call: Waiting,
): Promise<string> {
  const { system, clock } = settings;
  let said = 'nothing';
  for (const waitMs of waitsMs) {
    const input = [
      {
        resource: 'BULK_MUTATION_VARIABLES',
        filename: 'lines.jsonl',
        mimeType: 'text/jsonl',
        httpMethod: 'POST',
      } as const,
    ];
    const { stagedUploadsCreate } = await client.run(stagedUploads, {
      ...call,
      safety: 'repeatable',
      variables: { input },
    });
    raiseUserErrors(stagedUploadsCreate.userErrors, {
      what: `A file of ${lines.length} lines was not taken by "${system}"`,
      system,
      operation: call.operation,
      refs: [],
    });
    const [target] = stagedUploadsCreate.stagedTargets ?? [];
    const key = target?.parameters.find(({ name }) => name === 'key')?.value;
    if (target?.url && key !== undefined) {
      if (!isSafeLink(target.url)) throw unsafe(system, call.operation);
      said = await post(target.url, target.parameters, lines, settings, call);
      if (said === 'taken') return key;
    }
    await waitFor(clock, waitMs, system, call);
  }
  throw new CommerceError({
    code: 'platform.unavailable',
    system,
    operation: call.operation,
    message: `A file of ${lines.length} lines was not taken by the storage of "${system}": it said "${said}", ${waitsMs.length} times. Nothing was changed. Try again.`,
  });
}

function unsafe(system: string, operation: string): CommerceError {
  return new CommerceError({
    code: 'response.unexpected',
    system,
    operation,
    message: `A file of lines was not sent to the storage of "${system}": its address does not go over https. Nothing was changed. Report it.`,
  });
}

/** The parameters first and the file last, as a form. shopify.dev, staged uploads, read 2026-11-23. */
async function post(
  url: string,
  parameters: readonly { readonly name: string; readonly value: string }[],
  lines: readonly string[],
  { system, clock, fetch = globalThis.fetch }: FileSettings,
  call: Waiting,
): Promise<string> {
  const form = new FormData();
  for (const { name, value } of parameters) form.append(name, value);
  form.append(
    'file',
    new Blob(
      lines.map((line) => `${line}\n`),
      { type: 'text/jsonl' },
    ),
    'lines.jsonl',
  );
  const limit = clock.deadline(uploadTimeoutMs);
  const stop = new AbortController();
  const abort = () => stop.abort();
  call.signal?.addEventListener('abort', abort);
  limit.signal.addEventListener('abort', abort);
  try {
    const response = await fetch(url, { method: 'POST', body: form, redirect: 'manual', signal: stop.signal });
    await response.body?.cancel();
    return response.ok ? 'taken' : String(response.status);
  } catch {
    if (call.signal?.aborted === true) throw stopped(system, call);
    return 'no answer';
  } finally {
    call.signal?.removeEventListener('abort', abort);
    limit.clear();
  }
}
