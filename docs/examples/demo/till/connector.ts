import { defineConnector, hmacText, verifySignedWebhook, type CommerceEvent } from '@crossdock/core';
import { tillDocumentSchema, type TillDocument } from './document.ts';

/**
 * The shop's own till as a connected system, to show how a team connects what Crossdock has no package for: it only
 * sends, signed with a shared secret, and its documents become the team's own events.
 */
export function till(options: { readonly secret: string }) {
  return defineConnector({
    platform: 'till',
    apiVersion: '1',
    system: 'till',
    ports: {
      webhooks: {
        async verify(request) {
          const deliveryId = request.headers.get('x-till-document');
          if (deliveryId === null) return { ok: false, reason: 'headers' };
          const checked = await verifySignedWebhook(request, { header: 'x-till-signature', secrets: [options.secret] });
          return checked.ok ? { ok: true, delivery: { deliveryId, topic: 'document', body: checked.text } } : checked;
        },
        async decode(delivery) {
          const document = tillDocumentSchema.parse(JSON.parse(delivery.body));
          return document.kind === 'sale' ? [] : [eventOf(document)];
        },
      },
    },
    traits: { 'webhooks.verify': { scheme: 'hmac-sha256-base64', signsTime: false } },
    check: async () => {},
    usage: () => [],
  });
}

function eventOf(document: TillDocument): CommerceEvent<'till.cancellation' | 'till.correction'> {
  const type = document.kind === 'cancellation' ? 'till.cancellation' : 'till.correction';
  return { id: `till/${document.number}`, type, system: 'till', occurredAt: document.writtenAt, data: document };
}

/** The delivery of a document, as the till sends it. */
export async function tillDelivery(url: string, secret: string, document: TillDocument): Promise<Request> {
  const body = JSON.stringify(document);
  return new Request(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-till-document': document.number,
      'x-till-signature': await hmacText('SHA-256', secret, body, 'base64'),
    },
    body,
  });
}
