import type {
  Invoice,
  InvoiceDraft,
  InvoiceReadiness,
  Page,
  ReadOptions,
  Ref,
  Since,
  WriteOptions,
} from '@crossdock/core';
import * as z from 'zod';
import { changesSince } from './changes.ts';
import type { Domain } from './client.ts';
import { knownId, type Connection } from './connection.ts';
import { cursorOf, positionOf, reading, startOf } from './cursor.ts';
import { seenThrough } from './half-done.ts';
import { confirmInvoice, readBill } from './invoice-confirm.ts';
import { createInvoice } from './invoice-create.ts';
import { readinessOf } from './invoice-readiness.ts';
import { readInvoices } from './invoice-record.ts';
import { withoutEntry } from './payments-waiting.ts';
import { ownProblem } from './unreadable.ts';
import { accountMoveRow } from './wire/account.ts';
import { idList, recordId, rowOf, utcDatetime } from './wire/value.ts';

/** Bills changed per page. */
export const invoicesPerPage = 100;
const source = 'invoice';
const waiting = 'waiting payment';
const paidBillsRow = rowOf(z.object({ id: recordId, invoice_ids: idList, write_date: utcDatetime }));
const operation = 'invoices.pull';

/** Customers' invoices and credit notes. */
export function invoicesPort(connection: Connection) {
  return {
    /**
     * Drafts and canceled ones too. A payment changes its invoice, so that a paid one comes again; one that waits for the
     * bank does not, so such payments are watched besides.
     */
    async *pull(since: Since, options?: ReadOptions): AsyncGenerator<Page<Invoice>> {
      const { client, settings } = connection;
      let marks = positionOf(since, [source, waiting], connection)?.marks ?? {};
      const domain: Domain = [['move_type', 'in', ['out_invoice', 'out_refund']]];
      const watched = { model: 'account.move', domain, row: accountMoveRow };
      const from = startOf(marks, source, settings.overlapSeconds);
      const passed = reading(marks, source, connection);
      for await (const page of changesSince(client, watched, from, invoicesPerPage, options)) {
        marks = passed(page.newest, page.finished);
        const { items, problems } = await readInvoices(connection, page.rows, operation, options);
        const about = { model: watched.model, operation };
        for (const bad of page.unreadable) problems.push(ownProblem(connection, 'invoice', { ...about, bad }));
        yield { items, ...(problems.length === 0 ? {} : { problems }), cursor: cursorOf({ marks }) };
      }
      const fields = await client.fieldsGet('account.payment', options);
      if (!Object.hasOwn(fields, 'invoice_ids')) return;
      const payments = { model: 'account.payment', domain: withoutEntry, row: paidBillsRow };
      const waitedFrom = startOf(marks, waiting, settings.overlapSeconds);
      const waited = reading(marks, waiting, connection);
      for await (const page of changesSince(client, payments, waitedFrom, invoicesPerPage, options)) {
        marks = waited(page.newest, page.finished);
        const ids = page.rows.flatMap(({ invoice_ids }) => invoice_ids);
        const theirs: Domain = [...domain, ['id', 'in', [...new Set(ids)]]];
        const bills =
          ids.length === 0
            ? []
            : await client.searchRead('account.move', accountMoveRow, { domain: theirs, order: 'id' }, options);
        const { items, problems } = await readInvoices(connection, bills, operation, options);
        yield { items, ...(problems.length === 0 ? {} : { problems }), cursor: cursorOf({ marks }) };
      }
    },

    async get(ref: Ref<'invoice'>, options?: ReadOptions): Promise<Invoice | undefined> {
      const id = knownId(connection, ref);
      const move = id === undefined ? undefined : await readBill(connection, id, options);
      if (!move) return undefined;
      const { items, problems } = await readInvoices(connection, [move], 'invoices.get', options);
      if (problems[0]) throw problems[0].error;
      return items[0];
    },

    async readiness(order: Ref<'order'>, options?: ReadOptions): Promise<InvoiceReadiness | undefined> {
      return (await readinessOf(connection, order, options))?.readiness;
    },

    create: (draft: InvoiceDraft, options: WriteOptions): Promise<Ref<'invoice'>> =>
      seenThrough(connection, { operation: 'invoices.create', refs: [draft.order] }, (watched) =>
        createInvoice(watched, draft, options),
      ),
    confirm: (ref: Ref<'invoice'>, options: WriteOptions): Promise<Ref<'invoice'>> =>
      seenThrough(connection, { operation: 'invoices.confirm', refs: [ref] }, (watched) =>
        confirmInvoice(watched, ref, options),
      ),
  };
}
