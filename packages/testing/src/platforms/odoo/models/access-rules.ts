import type { Access } from '../orm/model.ts';

/** The groups that rights are given to, by their names in refusals. Recorded on Odoo 19.0, 2026-11-26. */
const groups = {
  rights: 'Access Rights',
  accountant: 'Accounting/Administrator',
  invoicing: 'Accounting/Invoicing',
  contacts: 'Contact/Creation',
  stockAdmin: 'Inventory/Administrator',
  stock: 'Inventory/User',
  products: 'Products/Create',
  purchaseAdmin: 'Purchase/Administrator',
  purchase: 'Purchase/User',
  admin: 'Role / Administrator',
  portal: 'Role / Portal',
  public: 'Role / Public',
  user: 'Role / User',
  salesAdmin: 'Sales/Administrator',
  sales: 'Sales/User: Own Documents Only',
  auditor: 'Show Accounting Features - Readonly',
  bookkeeper: 'Show Full Accounting Features',
} as const;

/**
 * What a group may do with records of a model: `r`ead, `w`rite, `c`reate, `u`nlink, in the order in which refusals name the
 * groups. Recorded on Odoo 19.0, 2026-11-26; of 17 and 18 we know no difference that matters to a connector.
 */
const rules: Readonly<Record<string, string>> = {
  'account.account': 'accountant:rwcu invoicing:r contacts:r stockAdmin:r purchaseAdmin:r sales:r user:r auditor:r',
  'account.fiscal.position': 'accountant:rwcu purchase:r user:r',
  'account.journal': 'accountant:rwcu invoicing:r stockAdmin:rw purchaseAdmin:r purchase:r sales:r auditor:r',
  'account.move': 'accountant:r invoicing:rwcu purchase:rwcu sales:r portal:r auditor:r',
  'account.move.line': 'accountant:r invoicing:rwcu purchaseAdmin:rwcu purchase:rwc sales:r portal:r auditor:r',
  'account.move.reversal': 'invoicing:rwc',
  'account.partial.reconcile': 'invoicing:rwcu stockAdmin:rwcu purchase:r sales:r auditor:r bookkeeper:rwcu',
  'account.payment': 'invoicing:rwcu auditor:r',
  'account.payment.method.line': 'invoicing:rwcu user:r',
  'account.payment.register': 'invoicing:rwc',
  'account.payment.term': 'accountant:rwcu sales:r portal:r user:r',
  'account.tax': 'accountant:rwcu invoicing:r purchaseAdmin:r purchase:r sales:r user:r auditor:r',
  'base.automation': 'admin:rwcu',
  'choose.delivery.carrier': 'stock:rwc sales:rwc',
  'confirm.stock.sms': 'stock:rwc',
  'crm.tag': 'salesAdmin:rwcu sales:rwc',
  'crm.team': 'salesAdmin:rwcu sales:r user:r',
  'delivery.carrier': 'contacts:r stockAdmin:rwcu stock:r salesAdmin:rwcu sales:r admin:r',
  'ir.actions.server': 'admin:rwcu',
  'ir.model': 'rights:rwcu',
  'ir.model.data': 'rights:rwcu',
  'ir.model.fields': 'rights:rwcu',
  'ir.module.module': 'admin:rwcu user:r',
  'mail.message': 'portal:rwcu public:r user:rwcu',
  'mail.message.subtype': 'portal:r public:r user:r',
  'product.attribute': 'stockAdmin:rwcu products:rwcu user:r',
  'product.attribute.value': 'stockAdmin:rwcu products:rwcu user:r',
  'product.category': 'products:rwcu user:r',
  'product.pricelist': 'contacts:r stockAdmin:rwcu products:rwcu salesAdmin:rwcu sales:r user:r',
  'product.pricelist.item': 'products:rwcu purchaseAdmin:rwcu salesAdmin:rwcu user:r',
  'product.product': 'stock:r products:rwcu purchase:r user:r auditor:r',
  'product.supplierinfo': 'products:rwcu purchaseAdmin:rwcu user:r',
  'product.template': 'stock:r products:rwcu purchase:r user:r',
  'product.template.attribute.line': 'products:rwcu user:r',
  'product.template.attribute.value': 'products:rwcu user:r',
  'purchase.order': 'invoicing:rw stock:r purchaseAdmin:rwcu purchase:rwcu portal:r auditor:r',
  'purchase.order.line': 'invoicing:rw stock:r purchaseAdmin:rwcu purchase:rwcu portal:r auditor:r',
  'res.company': 'rights:rwcu portal:r public:r user:r',
  'res.country': 'contacts:r admin:rwcu portal:r public:r user:r',
  'res.country.state': 'contacts:rwcu portal:r public:r user:r',
  'res.currency': 'accountant:rwcu admin:rwcu portal:r public:r user:r',
  'res.currency.rate': 'accountant:rwcu admin:rwcu portal:r public:r user:r',
  'res.groups': 'rights:rwcu user:r',
  'res.lang': 'admin:rwcu portal:r public:r user:r',
  'res.partner':
    'accountant:r contacts:rwcu stockAdmin:rwc purchaseAdmin:rwc purchase:r salesAdmin:rwc sales:r portal:r public:r user:r',
  'res.partner.category': 'contacts:rwcu user:r',
  'res.users': 'rights:rwcu portal:r public:r user:r',
  'sale.advance.payment.inv': 'sales:rwc',
  'sale.order': 'invoicing:rw stock:rw salesAdmin:rwcu sales:rwc portal:r auditor:r bookkeeper:rw',
  'sale.order.line': 'invoicing:rw stock:rw sales:rwcu portal:r auditor:r bookkeeper:rw',
  'stock.backorder.confirmation': 'stock:rwc',
  'stock.backorder.confirmation.line': 'stock:rwc',
  'stock.location': 'contacts:r stockAdmin:rwcu purchaseAdmin:r purchase:r salesAdmin:r sales:r user:r',
  'stock.lot': 'stock:rwcu',
  'stock.move':
    'invoicing:rwc stockAdmin:rwcu stock:rwc purchaseAdmin:rwcu purchase:rwc salesAdmin:rwcu sales:rwc auditor:r',
  'stock.move.line': 'stockAdmin:rwcu stock:rwcu user:rwcu',
  'stock.package': 'stockAdmin:rwcu stock:rwcu user:r',
  'stock.package.type': 'stockAdmin:rwcu stock:r sales:r',
  'stock.picking':
    'invoicing:rwc stockAdmin:rwcu stock:rwcu purchaseAdmin:rwcu purchase:rwcu salesAdmin:rwcu sales:rwc portal:r auditor:r',
  'stock.picking.type': 'stockAdmin:rwcu stock:r user:r',
  'stock.quant': 'stock:rwc user:r',
  'stock.return.picking': 'stock:rwc',
  'stock.return.picking.line': 'stock:rwcu',
  'stock.warehouse': 'stockAdmin:rwcu purchaseAdmin:r purchase:r sales:r user:r',
  'uom.uom': 'products:rwcu sales:r admin:rwcu user:r',
};

/** Who may do what with a model; `undefined` for one that we have no rules of. */
export function accessTo(model: string): Access | undefined {
  const rule = rules[model];
  if (rule === undefined) return undefined;
  const given = rule.split(' ').map((part) => part.split(':'));
  const allowed = (letter: string) =>
    given.flatMap(([group = '', letters = '']) => {
      if (!letters.includes(letter)) return [];
      return isGroup(group) ? [groups[group]] : [];
    });
  return { read: allowed('r'), write: allowed('w'), create: allowed('c'), unlink: allowed('u') };
}

const isGroup = (name: string): name is keyof typeof groups => Object.hasOwn(groups, name);
