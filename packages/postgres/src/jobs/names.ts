import { createHash } from 'node:crypto';

const longestName = 100;

/** The queue of pg-boss for one of ours: the same name where pg-boss takes it, or what stands for it. */
export function queueName(queue: string): string {
  return /^[\w-]+$/.test(queue) && queue.length <= longestName ? queue : `.${digest(queue)}`;
}

/** What stands for a key where pg-boss keeps jobs of one key in order: an index takes no long texts, and no empty ones. */
export function keyName(key: string): string {
  const plain = key !== '' && key.length <= longestName && !key.startsWith('#') && !key.includes('\u{0}');
  return plain ? key : `#${digest(key)}`;
}

/** One attempt of a job as pg-boss knows it. Our lease is made of it: each attempt has another. */
export type Attempt = { readonly boss: string; readonly retryCount: number; readonly queue: string };

/** The attempt that a lease stands for; `undefined` for a text that never was a lease. */
export function attemptOf(lease: string): Attempt | undefined {
  const [, retryCount, boss, queue] = leaseText.exec(lease) ?? [];
  if (retryCount === undefined || boss === undefined || queue === undefined) return undefined;
  return { boss, retryCount: Number(retryCount), queue };
}
// The statement that hands out jobs writes it.
const leaseText = /^(\d{1,9})\/([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\/([\w.-]+)$/;

function digest(text: string): string {
  return createHash('sha256').update(text, 'utf16le').digest('hex');
}
