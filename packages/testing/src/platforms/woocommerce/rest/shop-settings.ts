import type { Site } from '../site.ts';

/** One of the shop's settings as a client may read and write it. */
export interface ShopSetting {
  readonly group: 'general' | 'products' | 'tax';
  readonly id: string;
  readonly label: string;
  readonly type: 'text' | 'number' | 'select' | 'checkbox' | 'radio';
  readonly standard: string;
  readonly read: (site: Site) => string;
  /** Missing: it is kept, and nothing in this fake depends on it. */
  readonly write?: (site: Site, value: string) => void;
}

/** Groups of settings, by their id. */
export const settingGroups: Readonly<Record<ShopSetting['group'], string>> = {
  general: 'General',
  products: 'Products',
  tax: 'Tax',
};

const yesNo = (value: boolean) => (value ? 'yes' : 'no');

/** Settings that a connector may ask for. Ids from WooCommerce source 10.0.2, read 2026-11-23. */
export const shopSettings: readonly ShopSetting[] = [
  {
    group: 'general',
    id: 'woocommerce_default_country',
    label: 'Country / State',
    type: 'select',
    standard: 'US:CA',
    read: ({ settings }) => settings.baseCountry,
    write({ settings }, value) {
      settings.baseCountry = value.split(':')[0] ?? value;
    },
  },
  kept('general', 'woocommerce_calc_taxes', 'Enable taxes', 'checkbox', 'yes'),
  kept('general', 'woocommerce_enable_coupons', 'Enable coupons', 'checkbox', 'yes'),
  {
    group: 'general',
    id: 'woocommerce_currency',
    label: 'Currency',
    type: 'select',
    standard: 'USD',
    read: ({ settings }) => settings.currency,
    write({ settings }, value) {
      settings.currency = value;
    },
  },
  kept('general', 'woocommerce_currency_pos', 'Currency position', 'select', 'left'),
  kept('general', 'woocommerce_price_thousand_sep', 'Thousand separator', 'text', ','),
  kept('general', 'woocommerce_price_decimal_sep', 'Decimal separator', 'text', '.'),
  {
    group: 'general',
    id: 'woocommerce_price_num_decimals',
    label: 'Number of decimals',
    type: 'number',
    standard: '2',
    read: ({ settings }) => String(settings.decimals),
    write({ settings }, value) {
      settings.decimals = Number(value);
    },
  },
  kept('products', 'woocommerce_weight_unit', 'Weight unit', 'select', 'kg'),
  kept('products', 'woocommerce_dimension_unit', 'Dimensions unit', 'select', 'cm'),
  kept('products', 'woocommerce_manage_stock', 'Stock management', 'checkbox', 'yes'),
  kept('products', 'woocommerce_hold_stock_minutes', 'Hold stock (minutes)', 'number', '60'),
  kept('products', 'woocommerce_notify_low_stock_amount', 'Low stock threshold', 'number', '2'),
  kept('products', 'woocommerce_notify_no_stock_amount', 'Out of stock threshold', 'number', '0'),
  {
    group: 'tax',
    id: 'woocommerce_prices_include_tax',
    label: 'Prices entered with tax',
    type: 'radio',
    standard: 'no',
    read: ({ settings }) => yesNo(settings.pricesIncludeTax),
    write({ settings }, value) {
      settings.pricesIncludeTax = value === 'yes';
    },
  },
  kept('tax', 'woocommerce_tax_based_on', 'Calculate tax based on', 'select', 'shipping'),
  kept('tax', 'woocommerce_shipping_tax_class', 'Shipping tax class', 'select', 'inherit'),
  {
    group: 'tax',
    id: 'woocommerce_tax_round_at_subtotal',
    label: 'Rounding',
    type: 'checkbox',
    standard: 'no',
    read: ({ settings }) => yesNo(settings.roundTaxAtSubtotal),
    write({ settings }, value) {
      settings.roundTaxAtSubtotal = value === 'yes';
    },
  },
];

function kept(
  group: ShopSetting['group'],
  id: string,
  label: string,
  type: ShopSetting['type'],
  standard: string,
): ShopSetting {
  return { group, id, label, type, standard, read: ({ store }) => store.options.get(id) ?? standard };
}
