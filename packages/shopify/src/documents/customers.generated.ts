// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.
import type { CustomerIdentifierInput, CustomerSetInput, MetafieldsSetInput } from './inputs.generated.ts';
import type { PageInfo } from '../wire/connection.ts';

export interface CustomersOperations {
  CustomerIds: {
    variables: { readonly filter?: string | null; readonly after?: string | null };
    answer: { customers: { nodes: Array<{ id: string; updatedAt: string }>; pageInfo: PageInfo } };
  };
  CustomersById: {
    variables: { readonly ids: ReadonlyArray<string> };
    answer: {
      nodes: Array<{
        id: string;
        displayName: string;
        updatedAt: string;
        tags: Array<string>;
        defaultEmailAddress: { emailAddress: string } | null;
        defaultPhoneNumber: { phoneNumber: string } | null;
        defaultAddress: {
          id: string;
          name: string | null;
          company: string | null;
          address1: string | null;
          address2: string | null;
          city: string | null;
          province: string | null;
          provinceCode: string | null;
          countryCodeV2: string | null;
          zip: string | null;
          phone: string | null;
        } | null;
        addressesV2: {
          nodes: Array<{
            id: string;
            name: string | null;
            company: string | null;
            address1: string | null;
            address2: string | null;
            city: string | null;
            province: string | null;
            provinceCode: string | null;
            countryCodeV2: string | null;
            zip: string | null;
            phone: string | null;
          }>;
          pageInfo: PageInfo;
        };
        metafields: { nodes: Array<{ key: string; value: string }> };
      } | null>;
    };
  };
  CustomerAddresses: {
    variables: { readonly id: string; readonly after?: string | null };
    answer: {
      customer: {
        updatedAt: string;
        page: {
          nodes: Array<{
            id: string;
            name: string | null;
            company: string | null;
            address1: string | null;
            address2: string | null;
            city: string | null;
            province: string | null;
            provinceCode: string | null;
            countryCodeV2: string | null;
            zip: string | null;
            phone: string | null;
          }>;
          pageInfo: PageInfo;
        };
      } | null;
    };
  };
  CustomersByTag: {
    variables: { readonly filter: string; readonly after?: string | null };
    answer: { customers: { nodes: Array<{ id: string; tags: Array<string> }>; pageInfo: PageInfo } };
  };
  CustomerByIdentifier: {
    variables: { readonly identifier: CustomerIdentifierInput };
    answer: { customerByIdentifier: { id: string } | null };
  };
  CustomerSet: {
    variables: { readonly input: CustomerSetInput };
    answer: {
      customerSet: {
        customer: { id: string } | null;
        userErrors: Array<{
          field: Array<string> | null;
          message: string;
          code: 'BLANK' | 'ID_NOT_ALLOWED' | 'INCLUSION' | 'INPUT_MISMATCH' | 'INVALID' | 'METAFIELD_MISMATCH' | 'MISSING_FIELD_REQUIRED' | 'NOT_FOUND' | 'PRESENT' | 'TAKEN' | 'TOO_LONG' | 'TOO_SHORT' | null;
        }>;
      };
    };
  };
  CustomerFieldsSet: {
    variables: { readonly metafields: ReadonlyArray<MetafieldsSetInput> };
    answer: {
      metafieldsSet: {
        userErrors: Array<{
          field: Array<string> | null;
          message: string;
          code: 'APP_NOT_AUTHORIZED' | 'BLANK' | 'CAPABILITY_VIOLATION' | 'INCLUSION' | 'INTERNAL_ERROR' | 'INVALID' | 'INVALID_COMPARE_DIGEST' | 'INVALID_TYPE' | 'INVALID_VALUE' | 'LESS_THAN_OR_EQUAL_TO' | 'PRESENT' | 'STALE_OBJECT' | 'TAKEN' | 'TOO_LONG' | 'TOO_SHORT' | null;
        }>;
      };
    };
  };
}
