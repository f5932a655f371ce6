import type { TriedWrite } from './trial.ts';

/** Accounts of customers. */
export const customerTrials: readonly TriedWrite[] = [
  {
    operation: 'customers.create',
    prepare({ state }, number) {
      const draft = {
        name: 'Ada Byron',
        email: `ada.${number}@canary.example`,
        billingAddress: { lines: ['Elmstr. 12'], city: 'Berlin', postalCode: '10115', countryCode: 'DE' },
        shippingAddresses: [],
      };
      return {
        write: async ({ customers }, options) => (await customers.create(draft, options)).id,
        effect() {
          const made = state.customers.filter(({ email }) => email === draft.email);
          return made.map(({ firstName, lastName, billing }) => `${firstName} ${lastName} in ${billing.city}`).join();
        },
        wanted: 'Ada Byron in Berlin',
      };
    },
  },
];
