import { CommerceError, type Delivery, type QueueMessage } from '@crossdock/core';
import * as z from 'zod';

const envelopeSchema = z.object({
  messageId: z.string().min(1),
  type: z.string().min(1),
  payload: z.object({ id: z.string().min(1) }),
});

/** The envelope of a message. What a stranger wrote is named by its length alone: nobody knows what stands in it. */
export function readMessage({ body }: QueueMessage): Delivery {
  const parsed = envelopeSchema.safeParse(jsonOf(body));
  if (!parsed.success) {
    throw new CommerceError({
      code: 'webhook.malformed',
      system: 'toy',
      operation: 'notifications.read',
      message: `A message of ${body.length} characters was not taken: it is no notification of the toy platform. See who else writes into the queue.`,
    });
  }
  const { messageId, type, payload } = parsed.data;
  return { deliveryId: messageId, topic: type, body: JSON.stringify(payload) };
}

/** `undefined` where it is no JSON: no envelope either. */
function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
