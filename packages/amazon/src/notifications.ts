import type { PortCatalogue } from '@crossdock/core';
import { notificationDecode } from './notification-decode.ts';
import { notificationRead } from './notification-read.ts';
import type { AmazonSettings } from './options.ts';

/** What Amazon puts into the seller's queue. */
export function notificationsPort(
  settings: AmazonSettings,
  get: PortCatalogue['orders']['get'],
): PortCatalogue['notifications'] {
  return { read: notificationRead(settings), decode: notificationDecode(settings, get) };
}
