import type { ConnectorBase } from '@crossdock/core';
import { appliesTo, laws, type ConformanceOptions, type LawId } from '@crossdock/testing/conformance';

type Exemptions = NonNullable<ConformanceOptions<ConnectorBase, unknown>['exempt']>;

const noTime = {
  because: "the law lets an hour pass, and the real shop's clock does not go on with it",
  source: 'the live tests: only the connector has a clock that can be set',
} as const;

/** Laws that cannot hold in a real shop, and why. They are run, and the suite fails when one holds after all. */
export const notLive: Exemptions = {
  'orders.pull/looks-back-to-a-moment': noTime,
  'inventory.pull/looks-back-to-a-moment': noTime,
  'payments.pull/looks-back-to-a-moment': noTime,
  'refunds.pull/looks-back-to-a-moment': noTime,
};

/** Laws that are not run at all, by what their names say, and why. */
const notRun: readonly { readonly named: RegExp; readonly because: string }[] = [
  {
    named: /\.pull\/finds-what-became-visible-late$/,
    because: 'nobody can keep a change of a real shop from being seen',
  },
  {
    named: /^refunds\.pull\/keeps-what-changes-while-paging$/,
    because: 'a refund is there for good, and nobody can change anything about it',
  },
  {
    named: /^inventory\.pull\/reports-what-it-cannot-read/,
    because: 'no level is known that a shop has and nobody can read',
  },
  {
    named: /^webhooks\.subscri/,
    because: 'they begin with a shop that tells nobody anything, and this one may; webhooks.test.ts tries it',
  },
  {
    named: /^webhooks\.(?:verify|decode)/,
    because: 'the shop would have to reach the test, at an address that WordPress delivers to',
  },
];

/** The laws about what this connector offers that are not run with these scenes, each with its reason; `undefined` for none. */
export function lawsNotRun(
  connector: ConnectorBase,
  scenery: object,
): readonly { readonly id: LawId; readonly because: string | undefined }[] {
  return laws
    .filter((law) => appliesTo(law, connector, everyScene) && !appliesTo(law, connector, scenery))
    .map(({ id }) => ({ id, because: notRun.find(({ named }) => named.test(id))?.because }));
}

/** Has whatever a law asks for: as many as it wants, and yes to every question. */
const everyScene: object = new Proxy(() => true, {
  get: (_yes, name): object => (name === Symbol.toPrimitive ? () => Number.POSITIVE_INFINITY : everyScene),
});
