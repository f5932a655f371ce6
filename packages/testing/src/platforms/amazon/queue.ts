import type { Clock } from '@crossdock/core';
import type { AmazonIds } from './ids.ts';

/** A message as it lies in the user's queue. */
export interface AmazonQueueMessage {
  readonly messageId: string;
  readonly body: string;
  /** How often it was received, with this time. */
  readonly receiveCount: number;
}

/** A standard queue in process, as SQS has them: at least once, in no promised order. */
export interface AmazonQueue {
  /**
   * Takes up to so many messages, default and at most 10. They are hidden for the visibility timeout and come again then,
   * unless they were deleted.
   */
  receive(max?: number): readonly AmazonQueueMessage[];
  delete(messageId: string): void;
  /** Messages that were not deleted, hidden ones too. */
  readonly size: number;
  /** How long a received message is hidden, in milliseconds. Default 30 000. */
  visibilityTimeoutMs: number;
}

/** Makes a queue, and the way into it. */
export function amazonQueue(
  clock: Pick<Clock, 'now'>,
  ids: AmazonIds,
): { readonly queue: AmazonQueue; readonly put: (body: string) => void } {
  const messages = new Map<string, { readonly body: string; visibleAt: number; receiveCount: number }>();
  const queue: AmazonQueue = {
    // Visibility timeout of 30 s and 10 messages a call. docs.aws.amazon.com/AWSSimpleQueueService, read 2026-11-23.
    visibilityTimeoutMs: 30_000,
    receive(max = 10) {
      const taken: AmazonQueueMessage[] = [];
      for (const [messageId, message] of messages) {
        if (taken.length >= Math.min(max, 10)) break;
        if (message.visibleAt > clock.now()) continue;
        message.visibleAt = clock.now() + queue.visibilityTimeoutMs;
        message.receiveCount += 1;
        taken.push({ messageId, body: message.body, receiveCount: message.receiveCount });
      }
      return taken;
    },
    delete: (messageId) => void messages.delete(messageId),
    get size() {
      return messages.size;
    },
  };
  return {
    queue,
    put: (body) => void messages.set(ids.uuid(), { body, visibleAt: clock.now(), receiveCount: 0 }),
  };
}
