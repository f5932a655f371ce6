import type { LinkStore, Ref } from '@crossdock/core';
import { channels, type Channel } from '../channels.ts';

/** The order that a record of Odoo or of the warehouse comes from, and the channel where it was placed. */
export async function channelOrder(
  links: Pick<LinkStore, 'find'>,
  ref: Ref,
): Promise<{ readonly channel: Channel; readonly order: Ref<'order'> } | undefined> {
  for (const channel of channels) {
    const order = await links.find(ref, channel, 'order');
    if (order) return { channel, order };
  }
  return undefined;
}
