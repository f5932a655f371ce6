import type { Random } from '@crossdock/core';

/** Ids as Amazon draws them, the same for the same seed. */
export interface AmazonIds {
  /** Three digits, seven and seven. */
  orderId(): string;
  digits(count: number): string;
  uuid(): string;
  /** Letters and digits. */
  text(count: number): string;
  asin(): string;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const texts = `${letters}abcdefghijklmnopqrstuvwxyz`;

/** Draws ids from one fake's chance. */
export function amazonIds(random: Random): AmazonIds {
  const drawn = (from: string, count: number) =>
    Array.from({ length: count }, () => from[Math.floor(random() * from.length)] ?? '0').join('');
  const digits = (count: number) => drawn('0123456789', count);
  const hex = (count: number) => drawn('0123456789abcdef', count);
  return {
    digits,
    orderId: () => `${drawn('123456789', 1)}${digits(2)}-${digits(7)}-${digits(7)}`,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
    text: (count) => drawn(texts, count),
    asin: () => `B0${drawn(letters, 8)}`,
  };
}
