import { fingerprint, readBody, sameText, type Verification } from '@crossdock/core';
import * as z from 'zod';
import type { Connection } from './connection.ts';

/** Odoo posts the fields of one record. Ours have a few hundred bytes, and a list of fields that somebody chose some more. */
const maxBytes = 256 * 1024;

/** What every delivery says, whichever fields were chosen. Recorded on Odoo 19.0, 2026-11-23. */
const hintSchema = z
  .object({
    _model: z.string().regex(/^[a-z][a-z0-9_.]{0,99}$/),
    _id: z.int().positive(),
    write_date: z.string().min(1).optional(),
  })
  .transform(({ _model: model, _id: id, write_date: writtenAt }) => ({ model, id, writtenAt }));

/**
 * Lets in who knows the secret at the end of the address: Odoo signs nothing and sends no header of its own. Every secret
 * is compared, each in a time that does not tell how much of it was right.
 */
export function webhookVerify(connection: Connection) {
  const { webhookSecrets } = connection.settings;
  return async function verify(request: Request): Promise<Verification> {
    const given = secretIn(request.url);
    const known = webhookSecrets.map((secret) => sameText(given, secret)).some(Boolean);
    if (!known) return { ok: false, reason: 'signature' };
    const type = request.headers.get('content-type')?.split(';')[0]?.trim();
    if (request.method !== 'POST' || type !== 'application/json') return { ok: false, reason: 'headers' };
    const body = await readBody(request, maxBytes);
    if (!body.ok) return { ok: false, reason: body.reason === 'oversized' ? 'oversized' : 'headers' };
    const hint = hintSchema.safeParse(jsonOf(body.text)).data;
    if (!hint) return { ok: false, reason: 'headers' };
    const deliveryId = await deliveryIdOf(hint, body.text, connection);
    return { ok: true, delivery: { deliveryId, topic: hint.model, body: body.text } };
  };
}

/** The last part of the path. */
function secretIn(url: string): string {
  const part = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(part);
  } catch (error) {
    // Half an escape is no secret of ours.
    if (error instanceof URIError) return '';
    throw error;
  }
}

/**
 * What makes a delivery one. Odoo gives none an id and posts the same up to six times in one transaction; `write_date` has
 * microseconds, so the content tells one change from the next. Without it nothing does, and every post counts.
 */
async function deliveryIdOf(
  { model, id, writtenAt }: z.infer<typeof hintSchema>,
  body: string,
  { now }: Connection,
): Promise<string> {
  const content = (await fingerprint(body)).slice(0, 32);
  const parts = [model, String(id), content];
  return (writtenAt === undefined ? [...parts, now()] : parts).join('/');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
