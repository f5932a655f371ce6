import { CommerceError } from '@crossdock/core';

/** Google's and Amazon's queues as Shopify names them. shopify.dev, WebhookSubscriptionInput.uri, API 2026-07. */
const queues = [/^pubsub:\/\/[^\s:/]+:[^\s:]+$/, /^arn:aws[a-z-]*:events:[^\s:]+:[^\s:]*:event-source\/\S+$/];

/** The address as it is compared. `options.invalid` for one that Shopify does not post to. */
export function addressOf(address: string, system: string): string {
  if (queues.some((queue) => queue.test(address))) return address;
  const url = URL.parse(address);
  if (url?.protocol === 'https:' && url.username === '' && url.password === '') return url.href;
  throw new CommerceError({
    code: 'options.invalid',
    system,
    operation: 'webhooks.subscribe',
    message: `Nothing was subscribed at "${system}": the address is none that Shopify posts to. Pass one with https:// and without a password in it, "pubsub://project:topic" or the ARN of an event source.`,
  });
}

/** Whether two addresses are one: "https://shop.example" and "https://shop.example/" are. */
export function isSameAddress(one: string, other: string): boolean {
  return one === other || plain(one) === plain(other);
}

function plain(address: string): string {
  return URL.parse(address)?.href ?? address;
}
