import type { Database } from '../orm/database.ts';
import { isStored } from '../orm/field.ts';
import type { Model, Registry } from '../orm/model.ts';
import { namesOf, type OdooModule, type OdooVersion } from '../versions.ts';
import { accountModels } from './account/models.ts';
import { automationModels } from './automation.ts';
import { baseModels } from './base.ts';
import { commerceModels } from './commerce.ts';
import { mailModels } from './mail.ts';
import { modulesModel } from './modules.ts';
import { bomModels } from './mrp/bom.ts';
import { partnerModels } from './partner.ts';
import { categoryModel } from './category.ts';
import { pricingModels } from './pricing.ts';
import { uomModels } from './uom.ts';
import { accessTo } from './access-rules.ts';
import { attributeModels } from './product-attributes.ts';
import { productModels } from './product.ts';
import { purchaseModels } from './purchase/purchase.ts';
import { vendorModel } from './purchase/vendor.ts';
import { deliveryWizard } from './sale/delivery-wizard.ts';
import { cancelWizard, orderModel } from './sale/order.ts';
import { orderLineModel } from './sale/order-line.ts';
import { moveModels } from './stock/move.ts';
import { pickingModel } from './stock/picking.ts';
import { placeModels } from './stock/places.ts';
import { returnModels } from './stock/return.ts';
import { quantModel } from './stock/quant.ts';
import { stockWizards } from './stock/wizards.ts';

/** The models of a release, with the indexes that they are looked up by. */
export function registryOf(version: OdooVersion, db: Database, modules: ReadonlySet<OdooModule>): Registry {
  const names = namesOf(version);
  const models: Model[] = [
    ...moveModels(version, names, modules),
    ...baseModels(version, names),
    ...partnerModels(version, modules),
    ...productModels(version, modules),
    ...attributeModels(),
    ...uomModels(version),
    categoryModel(),
    ...pricingModels(),
    ...commerceModels(),
    ...placeModels(names),
    quantModel(names),
    pickingModel(),
    ...stockWizards(),
    orderModel(version),
    orderLineModel(version, names),
    ...(version === '19.0' ? [] : [cancelWizard()]),
    deliveryWizard(),
    ...returnModels(names),
    ...purchaseModels(version, names),
    vendorModel(version),
    ...accountModels(version),
    ...mailModels(),
    modulesModel(),
    ...automationModels(names),
    ...(modules.has('mrp') ? bomModels() : []),
  ];
  for (const { name, fields } of models) {
    for (const [field, { type, index, relation, inverse }] of Object.entries(fields)) {
      if (index === true) db.addIndex(name, field);
      if (type === 'one2many' && relation !== undefined && inverse !== undefined) db.addIndex(relation, inverse);
    }
  }
  // Not fields but kept by value: what a forecast looks at, and which order an invoice line is for.
  db.addIndex('stock.move', '_open');
  db.addIndex('account.move.line', '_order');
  const registry = new Map(models.map((model) => [model.name, withAccess(model)]));
  checkRelations(registry);
  return registry;
}

function withAccess(model: Model): Model {
  const access = accessTo(model.name);
  return access ? { ...model, access } : model;
}

/** Every relation leads to a model that is served, or the mistake would only show on the first read. */
function checkRelations(registry: Registry): void {
  for (const { name, fields } of registry.values()) {
    for (const [field, definition] of Object.entries(fields)) {
      if (definition.relation === undefined || !isStored(definition) || registry.has(definition.relation)) continue;
      throw new RangeError(`"${name}.${field}" points at "${definition.relation}", which this fake does not have.`);
    }
  }
}
