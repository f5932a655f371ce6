import type { Random } from '@crossdock/core';
import type { Zone } from './moments.ts';
import type { WooSettings } from './options.ts';
import type { WooStore } from './store.ts';

/** What is told to webhooks about a record. */
export interface Told {
  readonly resource: 'order' | 'product' | 'customer' | 'coupon';
  readonly event: 'created' | 'updated' | 'deleted' | 'restored';
  readonly id: number;
}

/** The shop that all parts work on. */
export interface Site {
  readonly store: WooStore;
  readonly settings: WooSettings;
  readonly zone: Zone;
  /** The address that links start with; `http:` when PHP does not know of HTTPS. */
  readonly home: string;
  /** The version of WooCommerce. */
  readonly version: string;
  readonly random: Random;
  /** In milliseconds, of whole seconds: the shop keeps no finer time. */
  now(): number;
  /** Tells webhooks of a change. */
  tell(told: Told): void;
  /** Fires a WordPress action, for webhooks with a topic `action.…`. */
  fire(action: string, arg: number): void;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** So many characters of letters and digits, by the fake's own chance. */
export function drawn(random: Random, length: number): string {
  return Array.from({ length }, () => letters[Math.floor(random() * letters.length)] ?? 'x').join('');
}
