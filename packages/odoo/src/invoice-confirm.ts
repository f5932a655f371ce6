import type { CommerceError, Ref, WriteOptions } from '@crossdock/core';
import { attempt, refusalOf } from './attempt.ts';
import { idOf, refused, type Connection } from './connection.ts';
import { accountMoveRow, type MoveWire } from './wire/account.ts';

/** Makes a draft final, and reads its state back. One that is final stays as it is. */
export async function confirmInvoice(
  connection: Connection,
  ref: Ref<'invoice'>,
  options: WriteOptions,
): Promise<Ref<'invoice'>> {
  const id = idOf(connection, ref);
  const move = await readBill(connection, id, options);
  if (!move) {
    throw refused(connection.settings, 'record.missing', 'invoices.confirm', {
      message: `Invoice "${ref.id}" was not confirmed in "${connection.settings.name}": there is none with this id. See who deleted it.`,
      refs: [ref],
    });
  }
  await postBill(
    connection,
    move,
    { what: `Invoice "${ref.id}" was not confirmed`, operation: 'invoices.confirm', refs: [ref] },
    options,
  );
  return ref;
}

/** A customer's invoice or credit note; `undefined` when there is none with this id. */
export async function readBill(
  { client }: Connection,
  id: number,
  options?: { readonly signal?: AbortSignal | undefined },
): Promise<MoveWire | undefined> {
  const [move] = await client.read('account.move', [id], accountMoveRow, options);
  return move && isBill(move) ? move : undefined;
}

function isBill({ move_type }: MoveWire): boolean {
  return move_type === 'out_invoice' || move_type === 'out_refund';
}

/** Posts a bill and makes sure of it. Odoo refuses to post twice, so the state decides. Recorded on Odoo 19.0, 2026-11-26. */
export async function postBill(
  connection: Connection,
  move: MoveWire,
  about: { readonly what: string; readonly operation: string; readonly refs: readonly Ref[] },
  options: WriteOptions,
): Promise<MoveWire> {
  const { settings } = connection;
  let refusal: CommerceError | undefined;
  if (move.state === 'draft') {
    refusal = await attempt(connection, { model: 'account.move', method: 'action_post', ids: [move.id] }, options);
  }
  const now = await readBill(connection, move.id, options);
  if (now?.state === 'posted') return now;
  if (refusal) {
    const advice = `It stays a draft. The period may be closed, its currency archived or an account missing: see what Odoo asks when a person confirms it there.`;
    throw refusalOf(connection, refusal, { ...about, advice });
  }
  const seen = now === undefined ? 'it is there no more' : `its state there is "${now.state}"`;
  throw refused(settings, now ? 'record.rejected' : 'record.missing', about.operation, {
    message: `${about.what} in "${settings.name}": ${seen}. Settle it in Odoo, then replay.`,
    refs: about.refs,
  });
}
