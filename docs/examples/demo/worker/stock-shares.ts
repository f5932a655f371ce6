import { channels, type Channel } from '../channels.ts';

/**
 * What each channel may show of what is available, so that all of them together never show more than there is: equal
 * parts, and what is left over one by one to the first ones.
 */
export function sharesOf(available: number): Readonly<Record<Channel, number>> {
  const whole = Math.max(0, Math.floor(available));
  const part = Math.floor(whole / channels.length);
  const rest = whole % channels.length;
  const share = (place: number) => part + (place < rest ? 1 : 0);
  return { shopify: share(0), woocommerce: share(1), amazon: share(2) };
}
