import { hmacMatches } from '@crossdock/core';
import * as z from 'zod';

/** The user that a session token is for. shopify.dev, session tokens, read 2026-11-23. */
const claimsSchema = z.object({ sub: z.string().min(1) });

/**
 * The user of a session token that was signed with the app's secret. `undefined` for any other text: a token that is kept
 * for a user must not go to somebody who only says to be that user.
 */
export async function sessionUser(token: string, clientSecret: string): Promise<string | undefined> {
  const [head = '', body = '', signature = ''] = token.split('.');
  const isSigned = await hmacMatches('SHA-256', [clientSecret], `${head}.${body}`, base64Of(signature), 'base64');
  return isSigned ? claimsSchema.safeParse(jsonOf(body)).data?.sub : undefined;
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
