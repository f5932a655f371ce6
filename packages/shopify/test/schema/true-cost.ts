import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

// A second reckoning of what Shopify asks before it runs a document, by the types of its schema and not by the names in
// the text. Formula as recorded on Admin API 2025-01 to 2026-07, 2026-11-23.

const freeTypes = new Set(['MoneyBag', 'MoneyV2', 'LocationAddress', 'ShopAddress', 'PageInfo']);
const freeFields = new Set([
  'Customer.defaultAddress',
  'Customer.emailMarketingConsent',
  'Customer.smsMarketingConsent',
]);
const mutations: Readonly<Record<string, number>> = {
  fulfillmentTrackingInfoUpdate: 50,
  orderCapture: 20,
  productCreateMedia: 20,
  refundCreate: 20,
  translationsRegister: 50,
};

export function trueCost(schema: GraphQLSchema, { operation, selectionSet }: OperationDefinitionNode): number {
  const root = schema.getRootType(operation);
  if (!root) throw new Error(`There is no ${operation}.`);
  if (operation === OperationTypeNode.QUERY) return Math.max(1, selected(schema, root, selectionSet, rootField));
  return fieldsOf(selectionSet).reduce((total, field) => {
    const payload = typeOf(root, field);
    // The payload's own objects are free, and what hangs below them is not.
    const below = field.selectionSet ? selected(schema, payload, field.selectionSet, payloadField) : 0;
    return total + (mutations[field.name.value] ?? 10) + below;
  }, 0);
}

type FieldCost = (schema: GraphQLSchema, parent: GraphQLNamedType, field: FieldNode) => number;

function rootField(schema: GraphQLSchema, parent: GraphQLNamedType, field: FieldNode): number {
  return typeOf(parent, field).name === 'Count' ? 10 : innerField(schema, parent, field);
}

function payloadField(schema: GraphQLSchema, parent: GraphQLNamedType, field: FieldNode): number {
  const type = typeOf(parent, field);
  if (!field.selectionSet || isFree(parent, field, type)) return 0;
  return selected(schema, type, field.selectionSet, innerField);
}

function innerField(schema: GraphQLSchema, parent: GraphQLNamedType, field: FieldNode): number {
  const type = typeOf(parent, field);
  if (!field.selectionSet || isFree(parent, field, type)) return 0;
  if (!type.name.endsWith('Connection')) {
    const own = `${parent.name}.${field.name.value}` === 'Location.fulfillmentService' ? 2 : 1;
    return own + selected(schema, type, field.selectionSet, innerField);
  }
  const rows = fieldsOf(field.selectionSet).flatMap((each): readonly [GraphQLNamedType, FieldNode][] => {
    if (each.name.value === 'nodes') return [[type, each]];
    if (each.name.value !== 'edges' || !each.selectionSet) return [];
    const edge = typeOf(type, each);
    return fieldsOf(each.selectionSet).flatMap((inner) => (inner.name.value === 'node' ? [[edge, inner]] : []));
  });
  const node = rows.reduce((total, [of, row]) => total + innerField(schema, of, row), 0);
  const size = pageSize(field);
  const factor = size === 0 ? 0 : Math.max(1, Math.floor(2 * Math.log(size)));
  return 2 + factor * node;
}

/** What a selection costs: of an interface or a union, what the dearest of its types does. */
function selected(schema: GraphQLSchema, type: GraphQLNamedType, set: SelectionSetNode, cost: FieldCost): number {
  const kinds = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  const costs = kinds.map((kind) =>
    set.selections.reduce((total, each) => {
      if (each.kind === Kind.FIELD) return total + cost(schema, kind, each);
      if (each.kind !== Kind.INLINE_FRAGMENT) throw new Error('Named fragments are not read.');
      const of = each.typeCondition?.name.value ?? kind.name;
      const wanted = schema.getType(of);
      const applies =
        of === kind.name || (isAbstractType(wanted) && isObjectType(kind) && schema.isSubType(wanted, kind));
      return applies ? total + selected(schema, kind, each.selectionSet, cost) : total;
    }, 0),
  );
  return Math.max(0, ...costs);
}

function isFree(parent: GraphQLNamedType, field: FieldNode, type: GraphQLNamedType): boolean {
  const isErrors = isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'DisplayableError');
  return isErrors || freeTypes.has(type.name) || freeFields.has(`${parent.name}.${field.name.value}`);
}

function typeOf(parent: GraphQLNamedType, field: FieldNode): GraphQLNamedType {
  const fields = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields() : {};
  const type = fields[field.name.value]?.type;
  if (type) return getNamedType(type);
  if (field.name.value === '__typename' && isCompositeType(parent)) return parent;
  throw new Error(`${parent.name} has no ${field.name.value}.`);
}

function fieldsOf(set: SelectionSetNode): readonly FieldNode[] {
  return set.selections.flatMap((each) => (each.kind === Kind.FIELD ? [each] : []));
}

function pageSize(field: FieldNode): number {
  const given = field.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last')?.value;
  return given?.kind === Kind.INT ? Number(given.value) : 0;
}
