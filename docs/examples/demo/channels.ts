import type { TillDocument } from './till/document.ts';

/** Where the wholesaler sells. All of them sell from one stock, which Odoo keeps. */
export const channels = ['shopify', 'woocommerce', 'amazon'] as const;
/** One of `channels`. */
export type Channel = (typeof channels)[number];

/** Whether a system is one of the channels. */
export function isChannel(system: string): system is Channel {
  return channels.some((channel) => channel === system);
}

/** The channel at which a sale is bought: an account always buys at the same one, and who has none by invoice number. */
export function channelOf({ account, number }: Pick<TillDocument, 'account' | 'number'>): Channel {
  const place = Number(account ?? number) % channels.length;
  const channel = channels[place];
  if (channel === undefined) throw new RangeError(`Document "${number}" cannot be dealt to a channel.`);
  return channel;
}
