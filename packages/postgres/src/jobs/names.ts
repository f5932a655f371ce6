import { createHash } from 'node:crypto';
import { toStoredValue } from '../stored-text.ts';

const longestName = 100;

/** The queue of pg-boss for one of ours: the same name where pg-boss takes it, or what stands for it. */
export function queueName(queue: string): string {
  return /^[\w-]+$/.test(queue) && queue.length <= longestName ? queue : `.${digest(queue)}`;
}

/**
 * What stands for a key where pg-boss keeps jobs of one key in order: an index takes no long texts, and no empty ones. What
 * the database keeps as another text than it is would be one inside the JSON of pg-boss and another beside it.
 */
export function keyName(key: string): string {
  const isKept = storedText(key) === key;
  const plain = key !== '' && key.length <= longestName && !key.startsWith('#') && isKept;
  return plain ? key : `#${digest(key)}`;
}

/** One attempt of a job as pg-boss knows it. Our lease is made of it: each attempt has another. */
export type Attempt = { readonly boss: string; readonly retryCount: number; readonly queue: string };

/**
 * The attempt that a lease of this job stands for; `undefined` for any other text. No two leases stand for one attempt, and
 * none for one of another job: whoever finishes goes by the attempt alone.
 */
export function attemptOf(id: string, lease: string): Attempt | undefined {
  const [, retryCount, boss, queue, ofJob] = leaseText.exec(lease) ?? [];
  if (retryCount === undefined || boss === undefined || queue === undefined) return undefined;
  return ofJob === markOf(id) ? { boss, retryCount: Number(retryCount), queue } : undefined;
}
// The statement that hands out jobs writes it.
const leaseText = /^(0|[1-9]\d{0,8})\/([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\/([\w.-]+)\/([\da-f]{32})$/;

/** A text as the database keeps it. */
export function storedText(text: string): string {
  // A text stays a text.
  return toStoredValue(text) as string;
}

/** What `md5` of the server makes of an id as it is stored. It tells jobs apart and keeps nothing secret. */
function markOf(id: string): string {
  return createHash('md5').update(storedText(id)).digest('hex');
}

function digest(text: string): string {
  return createHash('sha256').update(text, 'utf16le').digest('hex');
}
