import { char, float, integer, many2one, selection } from '../orm/field.ts';
import { activeField, defineModel, type Model } from '../orm/model.ts';

/** Small models that orders and transfers point at. */
export function commerceModels(): Model[] {
  return [
    defineModel({
      name: 'crm.team',
      label: 'Sales Team',
      order: 'sequence, id',
      fields: {
        name: char('Sales Team', { required: true }),
        sequence: integer('Sequence', { defaultsTo: () => 10 }),
        active: activeField,
      },
    }),
    defineModel({
      name: 'crm.tag',
      label: 'CRM Tag',
      fields: { name: char('Tag Name', { required: true }) },
    }),
    defineModel({ name: 'account.payment.term', label: 'Payment Terms', fields: { name: char('Payment Terms') } }),
    defineModel({
      name: 'delivery.carrier',
      label: 'Delivery Method',
      order: 'sequence, id',
      fields: {
        name: char('Delivery Method', { required: true, index: true }),
        sequence: integer('Sequence', { defaultsTo: () => 10 }),
        delivery_type: selection(
          'Provider',
          { fixed: 'Fixed Price', base_on_rule: 'Based on Rules' },
          { required: true, defaultsTo: () => 'fixed' },
        ),
        product_id: many2one('Delivery Product', 'product.product', { required: true }),
        fixed_price: float('Fixed Price'),
        tracking_url: char('Tracking Link'),
        company_id: many2one('Company', 'res.company'),
        active: activeField,
      },
    }),
  ];
}
