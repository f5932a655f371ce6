import type { Json } from '../model/json.ts';

/** What a field's name says about its value: a secret, a person's data, something inside a person's record, or neither. */
export type FieldKind = 'secret' | 'personal' | 'person' | 'open';

/** Decides by the field's name, and by where it stands where the name alone does not tell. */
export function fieldKind(
  key: string,
  value: Json,
  where: { readonly insidePerson: boolean; readonly thing: boolean },
): FieldKind {
  const name = plain(key);
  if (isSecretField(key)) return 'secret';
  if (isPersonalField(key)) return 'personal';
  if (name === 'name' || name.endsWith('displayname')) return where.thing ? 'open' : 'personal';
  // An order has lines too, but they are records; an address has lines of text.
  if (name === 'lines' && isListOfText(value)) return 'personal';
  if (persons.has(name)) return isAThing(value) ? 'open' : 'person';
  return where.insidePerson ? 'person' : 'open';
}

/** Fields that hold a secret whatever they belong to. */
export function isSecretField(key: string): boolean {
  const name = plain(key);
  return secretNames.has(name) || secretEndings.some((ending) => name.endsWith(ending));
}

/** Fields that hold a person's data whatever they belong to. */
export function isPersonalField(key: string): boolean {
  const name = plain(key);
  return personalNames.has(name) || personalEndings.some((ending) => name.endsWith(ending));
}

/** Fields that say which record it is. */
export function isIdField(key: string): boolean {
  const name = plain(key);
  return name.endsWith('id') || persons.has(name);
}

/** Fields of a person's record that help to find it and say nothing about them. */
export function isSafeField(key: string): boolean {
  return safeNames.has(plain(key));
}

/** Whether the fields beside a `name` say that it is the name of goods, of a service or of a rule. */
export function namesAThing(keys: readonly string[]): boolean {
  return keys.some((key) => thingNames.has(plain(key)));
}

/** `shipping` is an address in one place, and what it costs in another. */
function isAThing(value: Json): boolean {
  return typeof value === 'object' && value !== null && namesAThing(Object.keys(value));
}

function isListOfText(value: Json): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** `first_name`, `firstName` and `First-Name` are one name. */
function plain(key: string): string {
  return key.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

const secretNames: ReadonlySet<string> = new Set([
  'auth',
  'cookie',
  'setcookie',
  'credentials',
  'hmac',
  'jwt',
  'passphrase',
  'pin',
  'pwd',
  'sessionid',
  'sid',
]);
const secretEndings: readonly string[] = [
  'accesskey',
  'accesskeyid',
  'apikey',
  'authorization',
  'bearer',
  'consumerkey',
  'password',
  'passwd',
  'privatekey',
  'secret',
  'secretkey',
  'signature',
  'token',
];

const personalNames: ReadonlySet<string> = new Set([
  'address1',
  'address2',
  'address3',
  'addressline',
  'addressline1',
  'addressline2',
  'addressline3',
  'addresslines',
  'birthday',
  'cardnumber',
  'city',
  'clientip',
  'cvv',
  'dob',
  'fax',
  'giftmessage',
  'iban',
  'ip',
  'ipaddress',
  'latitude',
  'line1',
  'line2',
  'line3',
  'login',
  'longitude',
  'mail',
  'mobile',
  'mobilephone',
  'ponumber',
  'purchasenumber',
  'ssn',
  'street',
  'street1',
  'street2',
  'surname',
  'taxid',
  'tel',
  'telephone',
  'town',
  'username',
  'vat',
  'vatnumber',
  'zip',
]);
const personalEndings: readonly string[] = [
  'buyername',
  'cardholder',
  'companyname',
  'contactname',
  'customername',
  'customernote',
  'dateofbirth',
  'email',
  'emailaddress',
  'familyname',
  'firstname',
  'fullname',
  'givenname',
  'lastname',
  'middlename',
  'partnername',
  'phone',
  'phonenumber',
  'postalcode',
  'postcode',
  'recipientname',
  'zipcode',
];

/** Whoever stands under these is a person or their address, or what they wrote or somebody found out about them. */
const persons: ReadonlySet<string> = new Set([
  'address',
  'addresses',
  'assessments',
  'attention',
  'attributes',
  'billing',
  'billingaddress',
  'billto',
  'buyer',
  'buyerinfo',
  'consignee',
  'contact',
  'contacts',
  'customattributes',
  'customer',
  'customers',
  'defaultaddress',
  'deliveryaddress',
  'noteattributes',
  'partner',
  'partnerid',
  'partnerinvoiceid',
  'partnershippingid',
  'party',
  'recipient',
  'shipping',
  'shippingaddress',
  'shippingaddresses',
  'shipto',
  'user',
  'userid',
]);
const safeNames: ReadonlySet<string> = new Set([
  'accountnumber',
  'advice',
  'country',
  'countrycode',
  'createdat',
  'currency',
  'id',
  'kind',
  'level',
  'locale',
  'provider',
  'ref',
  'status',
  'system',
  'type',
  'updatedat',
]);
const thingNames: ReadonlySet<string> = new Set([
  'amount',
  'carrier',
  'methodid',
  'price',
  'productid',
  'quantity',
  'rule',
  'sku',
  'unitprice',
  'value',
  'variant',
  'variantid',
]);
