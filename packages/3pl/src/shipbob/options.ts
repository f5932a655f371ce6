import { fromBase64, parseOptions, systemClock, type Clock, type Runtime } from '@crossdock/core';
import * as z from 'zod';

/** A personal access token or an OAuth access token, or your own source, which is asked before every call. */
export type ShipBobToken = string | (() => Promise<string>);

export interface ShipBobOptions extends Runtime {
  readonly token: ShipBobToken;
  /** The channel under which orders are made: the number that ShipBob's channel list shows for this token. */
  readonly channelId: number | string;
  /** Each `whsec_` and a key in base64; several while one replaces another. With none, every delivery is refused. */
  readonly webhookSecrets: readonly string[];
  /** Default `2026-01`, the version this connector is written for. */
  readonly apiVersion?: string | undefined;
  /** Default `https://api.shipbob.com`; `https://sandbox-api.shipbob.com`, a fake or a proxy goes here. */
  readonly origin?: string | undefined;
  /** The system's name in references. Default `shipbob`. */
  readonly name?: string | undefined;
  /** What ShipBob's order type says. Default `DTC`. */
  readonly orderType?: 'DTC' | 'DropShip' | 'B2B' | undefined;
  /** How far a pull goes back behind the one before, for changes that became visible late. Default 300 000. */
  readonly overlapMs?: number | undefined;
  /** Largest webhook body that is read, in bytes. Default 5 MiB. */
  readonly maxWebhookBytes?: number | undefined;
  /** Longest wait for one attempt, in milliseconds. Default 30 000. */
  readonly timeoutMs?: number | undefined;
}

/** The options with their defaults, checked. */
export interface ShipBobSettings {
  readonly token: ShipBobToken;
  readonly channelId: string;
  readonly webhookSecrets: readonly string[];
  readonly apiVersion: string;
  readonly origin: string;
  readonly system: string;
  readonly orderType: 'DTC' | 'DropShip' | 'B2B';
  readonly overlapMs: number;
  readonly maxWebhookBytes: number | undefined;
  readonly timeoutMs: number | undefined;
  readonly clock: Clock;
  readonly runtime: Runtime;
}

/** Checks what a developer wrote, in words, before the first call. Secrets are never repeated in the words. */
export function settingsOf(options: ShipBobOptions): ShipBobSettings {
  const { fetch, clock, random } = options;
  const checked = parseOptions(schema, options, 'shipbob', ['channelId', 'apiVersion', 'origin', 'orderType', 'name']);
  const { name, maxWebhookBytes, timeoutMs, ...rest } = checked;
  return {
    ...rest,
    system: name,
    maxWebhookBytes,
    timeoutMs,
    clock: clock ?? systemClock,
    runtime: { fetch, clock, random },
  };
}

const schema = z.object({
  // A token is a header's value: blanks and line breaks were pasted with it.
  token: z.custom<ShipBobToken>(
    (value) => typeof value === 'function' || (typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)),
    'wants a token, or a function that gives one',
  ),
  channelId: z
    .union([z.number(), z.string()])
    .transform(String)
    .pipe(z.string().regex(/^[1-9]\d{0,9}$/, 'wants the number of a channel')),
  webhookSecrets: z.array(z.string().refine(isSecret, 'wants "whsec_" with a key in base64 behind it')).readonly(),
  apiVersion: z
    .string()
    .regex(/^\d{4}-\d{2}$/, 'wants a year and a month such as "2026-01"')
    .default('2026-01'),
  origin: z
    .string()
    .regex(/^https?:\/\/[^/?#@]+$/, 'wants scheme and host such as "https://api.shipbob.com"')
    .default('https://api.shipbob.com'),
  name: z.string().min(1, 'wants a name').default('shipbob'),
  orderType: z.enum(['DTC', 'DropShip', 'B2B'], 'wants "DTC", "DropShip" or "B2B"').default('DTC'),
  overlapMs: z.number().nonnegative('wants 0 or more').default(300_000),
  maxWebhookBytes: z.number().positive('wants a number above 0').optional(),
  timeoutMs: z.number().positive('wants a number above 0').optional(),
});

function isSecret(secret: string): boolean {
  const key = secret.startsWith('whsec_') ? fromBase64(secret.slice('whsec_'.length)) : undefined;
  return key !== undefined && key.length > 0;
}
