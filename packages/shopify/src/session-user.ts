import { hmacMatches, type Clock } from '@crossdock/core';
import * as z from 'zod';

/**
 * Who a session token is for, at which shop and in which app, and from when until when, in seconds. It lives for a minute.
 * shopify.dev, session tokens, read 2026-11-23.
 */
const claimsSchema = z.object({
  sub: z.string().min(1),
  dest: z.string(),
  aud: z.string(),
  nbf: z.number(),
  exp: z.number(),
});

/** What a session token has to be good for. */
export interface SessionPlace {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The name before `.myshopify.com`. */
  readonly shop: string;
  readonly clock: Pick<Clock, 'now'>;
}

/** Clocks of two machines differ by this much at most. */
const clocksDifferMs = 10_000;

/**
 * The user of a session token that was signed with the app's secret, for this shop and app, and lives. `undefined` for any
 * other text: a token that is kept for a user must not go to somebody who only says, or said once, to be that user.
 */
export async function sessionUser(
  token: string,
  { clientId, clientSecret, shop, clock }: SessionPlace,
): Promise<string | undefined> {
  const [head = '', body = '', signature = ''] = token.split('.');
  const isSigned = await hmacMatches('SHA-256', [clientSecret], `${head}.${body}`, base64Of(signature), 'base64');
  const claims = isSigned ? claimsSchema.safeParse(jsonOf(body)).data : undefined;
  if (!claims || claims.aud !== clientId || claims.dest !== `https://${shop}.myshopify.com`) return undefined;
  const now = clock.now();
  const lives = claims.nbf * 1000 - clocksDifferMs <= now && now < claims.exp * 1000 + clocksDifferMs;
  return lives ? claims.sub : undefined;
}

/** A part of a token is base64 in letters that a URL takes, without padding. */
function base64Of(part: string): string {
  return part
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .padEnd(Math.ceil(part.length / 4) * 4, '=');
}

function jsonOf(part: string): unknown {
  try {
    // Letters beyond ASCII come out wrong this way; a user's number has none.
    return JSON.parse(atob(base64Of(part))) as unknown;
  } catch {
    return undefined;
  }
}
