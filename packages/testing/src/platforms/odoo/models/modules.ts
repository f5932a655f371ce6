import { char, selection } from '../orm/field.ts';
import { defineModel, type Model } from '../orm/model.ts';

/** The addons of which the models here come. */
export const installedModules = [
  'base',
  'mail',
  'product',
  'sale',
  'sales_team',
  'stock',
  'purchase',
  'account',
  'delivery',
];

/** The list of addons, which every employee may read. Recorded on Odoo 19.0, 2026-11-26. */
export function modulesModel(): Model {
  return defineModel({
    name: 'ir.module.module',
    label: 'Module',
    order: 'name',
    fields: {
      name: char('Technical Name', { required: true, index: true }),
      state: selection('Status', { installed: 'Installed', uninstalled: 'Not Installed' }),
    },
  });
}
