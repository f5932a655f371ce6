export { odoo, odooClientOf, type OdooPorts, type OdooPortsWithWebhooks } from './connector.ts';
export type { ChannelOptions, OdooOptions, ReturnLocations, TaxRule } from './options.ts';
export type {
  CallOptions,
  Context,
  Domain,
  FieldInfo,
  MethodCall,
  OdooClient,
  Query,
  WriteCallOptions,
} from './client.ts';
export { odooImport, type ImportOutcome, type OdooImport, type OdooImportOptions } from './order-import.ts';
export type { OrderImport } from './import-passage.ts';
export { leastGroups, leastRights, type Deed, type LeastGroup, type Rights } from './least-rights.ts';
export { ownGroups, type OwnGroup } from './own-groups.ts';
export { checkRights, type GroupExcess, type GroupMissing, type Right, type RightsReport } from './rights.ts';
export { modelTypes } from './model-types.ts';
export {
  hintingModels,
  installWebhookRules,
  webhookRules,
  type InstalledRule,
  type WebhookRule,
} from './webhook-rules.ts';
export { installImportAction, type InstalledAction } from './action-install.ts';
export { isOwnOrder } from './order-pull.ts';
export type { OdooVersion } from './version.ts';
export type { FieldOf, OdooModels, RecordOf, Values, ValuesOf } from './models.ts';
export {
  calendarDate,
  command,
  fromMoment,
  idList,
  many2one,
  optionalDate,
  optionalDatetime,
  optionalMany2one,
  optionalText,
  orNull,
  recordId,
  rowOf,
  toMoment,
  utcDatetime,
  type Command,
  type Many2one,
  type Row,
} from './wire/value.ts';
