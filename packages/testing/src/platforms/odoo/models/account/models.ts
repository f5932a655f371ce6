import { boolean, char, many2one, selection } from '../../orm/field.ts';
import { displayName } from '../../orm/get.ts';
import { num, str, type Env } from '../../orm/env.ts';
import { activeField, defineModel, type Model } from '../../orm/model.ts';
import type { OdooVersion } from '../../versions.ts';
import { invoiceModels } from './invoice.ts';
import { paymentModel } from './payment.ts';
import { partialModel } from './reconcile.ts';
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
        company_id: many2one('Company', 'res.company', { defaultsTo: (env) => env.company }),
        active: activeField,
      },
    }),
    defineModel({
      name: 'account.payment.method.line',
      label: 'Payment Methods',
      fields: {
        name: char('Name'),
        code: char('Code'),
        payment_type: selection('Payment Type', { inbound: 'Inbound', outbound: 'Outbound' }),
        journal_id: many2one('Journal', 'account.journal'),
        payment_account_id: many2one('Outstanding Account', 'account.account'),
      },
      displayName: (env: Env, row) =>
        `${str(row, 'name')} (${displayName(env, 'account.journal', num(row, 'journal_id'))})`,
    }),
    paymentModel(version),
    partialModel(),
    defineModel({
      name: 'account.account',
      label: 'Account',
      order: 'code, id',
      fields: {
        name: char('Account Name', { required: true }),
        code: char('Code', { index: true }),
        account_type: char('Type', { index: true }),
        reconcile: boolean('Allow Reconciliation'),
        active: activeField,
      },
    }),
    ...accountWizards(),
  ];
}
