/** The releases that the fake can be. */
export type OdooVersion = '17.0' | '18.0' | '19.0';

/** Modules that a server may have besides those that are always there. */
export type OdooModule = 'mrp' | 'base_vat' | 'accountant';

/** What a release calls the things that were renamed between the three. Recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-23. */
export interface VersionNames {
  readonly lineTaxes: string;
  readonly lineUom: string;
  readonly purchaseLineTaxes: string;
  readonly purchaseLineUom: string;
  readonly packageModel: string;
  readonly warehouseContextKey: string;
  readonly userGroups: string;
  readonly createReturns: string;
}

export function majorOf(version: OdooVersion): 17 | 18 | 19 {
  if (version === '17.0') return 17;
  return version === '18.0' ? 18 : 19;
}

/** Throws for a release that nothing is known of: another one in its place would answer as that one does. */
export function refuseUnknown(version: string): asserts version is OdooVersion {
  if (['17.0', '18.0', '19.0'].includes(version)) return;
  throw new TypeError(`fakeOdoo({ version }) was "${version}". It can be "17.0", "18.0" and "19.0".`);
}

export function namesOf(version: OdooVersion): VersionNames {
  const major = majorOf(version);
  const modern = major === 19;
  return {
    lineTaxes: modern ? 'tax_ids' : 'tax_id',
    lineUom: modern ? 'product_uom_id' : 'product_uom',
    purchaseLineTaxes: modern ? 'tax_ids' : 'taxes_id',
    purchaseLineUom: modern ? 'product_uom_id' : 'product_uom',
    packageModel: modern ? 'stock.package' : 'stock.quant.package',
    warehouseContextKey: major === 17 ? 'warehouse' : 'warehouse_id',
    userGroups: modern ? 'group_ids' : 'groups_id',
    createReturns: major === 17 ? 'create_returns' : 'action_create_returns',
  };
}
