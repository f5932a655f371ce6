import { holds } from '../holds.ts';
import { decodingLaws } from './decoding.ts';

export const webhooksDecodeLaws = decodingLaws({
  operation: 'webhooks.decode',
  reading: 'webhooks.verify',
  async deliver({ connector, platform, scenery }) {
    const posting = await scenery['webhooks.verify'].genuine(platform);
    const verification = await connector.webhooks.verify(await platform.webhooks.request(posting));
    holds(verification.ok, 'webhooks.verify refused a genuine delivery.');
    return verification.delivery;
  },
  decode: ({ webhooks }, delivery) => webhooks.decode(delivery),
});
