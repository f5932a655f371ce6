import {
  fromBase64,
  originOption,
  parseOptions,
  runtimeOptions,
  systemClock,
  type Clock,
  type Runtime,
} from '@crossdock/core';
import * as z from 'zod';

/** A personal access token or an OAuth access token, or your own source, which is asked before every call. */
export type ShipBobToken = string | (() => Promise<string>);

/**
 * What `shipbob()` takes. An option that is wrong, missing or misspelt is `options.invalid` before anything is sent.
 */
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
  const { fetch, clock, random, shared, name, maxWebhookBytes, timeoutMs, ...rest } = parseOptions(
    schema,
    options,
    'shipbob',
    {
      wants,
      shown: { channelId: short, apiVersion: short, orderType: short },
    },
  );
  return {
    ...rest,
    system: name,
    maxWebhookBytes,
    timeoutMs,
    clock: clock ?? systemClock,
    runtime: { fetch, clock, random, shared },
  };
}

/** Shorter than any token or key, so that it may be quoted. */
const short = /^[\w.-]{1,10}$/;

/** What an option wants, and what to pass. What came instead may be a secret in the wrong place. */
const wants = {
  options: 'an object. Pass { token, channelId: 4711, webhookSecrets: [secret] }',
  token: 'a token in one line, or a function that gives one. Pass one of the two',
  channelId: "the number of a channel. Pass the id that ShipBob's channel list shows, such as 4711",
  webhookSecrets: `a list of secrets, each "whsec_" with a key in base64 behind it. Pass each as ShipBob shows it, or []`,
  apiVersion: 'a year and a month. Pass one such as "2026-01"',
  name: 'a text of 1 to 100 letters. Leave it out or pass one such as "east"',
  orderType: '"DTC", "DropShip" or "B2B". Pass one of the three',
  overlapMs: 'whole milliseconds from 0. Pass a number such as 300000',
  maxWebhookBytes: 'whole bytes from 1. Pass a number such as 5242880',
  timeoutMs: 'whole milliseconds from 1. Pass a number such as 30000',
};

const schema = z.strictObject({
  token: z.union([
    // A token is a header's value: blanks and line breaks were pasted with it.
    z.string().regex(/^[\x21-\x7e]+$/),
    z.custom<() => Promise<string>>((value) => typeof value === 'function'),
  ]),
  channelId: z
    .union([z.number(), z.string()])
    .transform(String)
    .pipe(z.string().regex(/^[1-9]\d{0,9}$/)),
  webhookSecrets: z
    .array(z.string().refine(isSecret, 'wants "whsec_" with a key in base64 behind it. Pass it as ShipBob shows it'))
    .readonly(),
  apiVersion: z
    .string()
    .regex(/^20\d{2}-(0[1-9]|1[0-2])$/)
    .default('2026-01'),
  origin: originOption.default('https://api.shipbob.com'),
  name: z.string().max(100).regex(/\S/).default('shipbob'),
  orderType: z.enum(['DTC', 'DropShip', 'B2B']).default('DTC'),
  overlapMs: z.int().nonnegative().default(300_000),
  maxWebhookBytes: z.int().positive().optional(),
  timeoutMs: z.int().positive().optional(),
  ...runtimeOptions,
});

function isSecret(secret: string): boolean {
  const key = secret.startsWith('whsec_') ? fromBase64(secret.slice('whsec_'.length)) : undefined;
  return key !== undefined && key.length > 0;
}
