import type { OdooVersion, VersionNames } from '../../versions.ts';
import { char, many2one, monetary, selection, many2many, float, text } from '../../orm/field.ts';
import { defineModel, type Model } from '../../orm/model.ts';
import { access } from '../groups.ts';

export function accountModels(_version: OdooVersion, _names: VersionNames): Model[] {
  return [
    defineModel({
      name: 'account.move',
      label: 'Journal Entry',
      order: 'name desc, id desc',
      fields: {
        name: char('Number', { index: true }),
        state: selection(
          'Status',
          { draft: 'Draft', posted: 'Posted', cancel: 'Cancelled' },
          { defaultsTo: () => 'draft' },
        ),
        move_type: selection('Type', {
          entry: 'Journal Entry',
          out_invoice: 'Customer Invoice',
          out_refund: 'Customer Credit Note',
        }),
        payment_state: selection(
          'Payment Status',
          {
            not_paid: 'Not Paid',
            in_payment: 'In Payment',
            paid: 'Paid',
            partial: 'Partially Paid',
            reversed: 'Reversed',
            blocked: 'Blocked',
            invoicing_legacy: 'Invoicing App Legacy',
          },
          { defaultsTo: () => 'not_paid' },
        ),
        amount_total: monetary('Total'),
      },
      access: access.accounting,
    }),
    defineModel({
      name: 'account.move.line',
      label: 'Journal Item',
      fields: {
        move_id: many2one('Journal Entry', 'account.move', { onDelete: 'cascade' }),
        product_id: many2one('Product', 'product.product'),
        name: text('Label'),
        quantity: float('Quantity'),
        price_unit: float('Unit Price'),
        tax_ids: many2many('Taxes', 'account.tax'),
        sale_line_ids: many2many('Sales Order Lines', 'sale.order.line'),
      },
      access: access.accounting,
    }),
    defineModel({ name: 'purchase.order.line', label: 'Purchase Order Line', fields: {} }),
    defineModel({ name: 'purchase.order', label: 'Purchase Order', fields: {} }),
  ];
}
