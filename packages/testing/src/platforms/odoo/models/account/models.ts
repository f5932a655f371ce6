import { char, date, many2many, many2one, monetary, selection } from '../../orm/field.ts';
import { displayName } from '../../orm/get.ts';
import { num, str, type Env } from '../../orm/env.ts';
import { defineModel, type Model } from '../../orm/model.ts';
import type { OdooVersion } from '../../versions.ts';
import { access } from '../groups.ts';
import { invoiceModels } from './invoice.ts';
import { accountWizards } from './wizards.ts';

export function accountModels(version: OdooVersion): Model[] {
  return [
    ...invoiceModels(version),
    defineModel({
      name: 'account.journal',
      label: 'Journal',
      order: 'sequence, type, code',
      fields: {
        name: char('Journal Name', { required: true }),
        code: char('Short Code', { required: true, index: true }),
        sequence: { type: 'integer', label: 'Sequence' },
        type: selection(
          'Type',
          {
            sale: 'Sales',
            purchase: 'Purchase',
            cash: 'Cash',
            bank: 'Bank',
            credit: 'Credit Card',
            general: 'Miscellaneous',
          },
          { required: true },
        ),
        currency_id: many2one('Currency', 'res.currency'),
        company_id: many2one('Company', 'res.company', { defaultsTo: () => 1 }),
      },
      access: access.accounting,
    }),
    defineModel({
      name: 'account.payment.method.line',
      label: 'Payment Methods',
      fields: { name: char('Name'), journal_id: many2one('Journal', 'account.journal') },
      access: access.accounting,
      displayName: (env: Env, row) =>
        `${str(row, 'name')} (${displayName(env, 'account.journal', num(row, 'journal_id'))})`,
    }),
    defineModel({
      name: 'account.payment',
      label: 'Payments',
      order: 'date desc, name desc',
      fields: {
        name: char('Number', { index: true }),
        state: selection(
          'State',
          version === '17.0'
            ? { draft: 'Draft', posted: 'Posted', cancel: 'Cancelled' }
            : { draft: 'Draft', in_process: 'In Process', paid: 'Paid', canceled: 'Canceled', rejected: 'Rejected' },
          { defaultsTo: () => 'draft' },
        ),
        amount: monetary('Amount'),
        date: date('Date'),
        ...(version === '17.0' ? { ref: char('Reference', { index: true }) } : { memo: char('Memo', { index: true }) }),
        payment_type: selection('Payment Type', { inbound: 'Receive', outbound: 'Send' }),
        partner_type: selection('Partner Type', { customer: 'Customer', supplier: 'Vendor' }),
        partner_id: many2one('Customer/Vendor', 'res.partner'),
        journal_id: many2one('Journal', 'account.journal'),
        currency_id: many2one('Currency', 'res.currency', { defaultsTo: () => 1 }),
        payment_method_line_id: many2one('Payment Method', 'account.payment.method.line'),
        reconciled_invoice_ids: many2many('Reconciled Invoices', 'account.move'),
        is_reconciled: { type: 'boolean', label: 'Is Reconciled', compute: () => true },
      },
      access: access.accounting,
    }),
    ...accountWizards(version),
  ];
}
