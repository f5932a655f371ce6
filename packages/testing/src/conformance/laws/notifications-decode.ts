import { succeeds } from '../holds.ts';
import { decodingLaws } from './decoding.ts';

export const notificationsDecodeLaws = decodingLaws({
  operation: 'notifications.decode',
  reading: 'notifications.read',
  async deliver({ connector, platform, scenery }) {
    const message = await scenery['notifications.read'].genuine(platform);
    return succeeds(() => connector.notifications.read(message), 'notifications.read of a genuine message');
  },
  decode: ({ notifications }, delivery) => notifications.decode(delivery),
});
