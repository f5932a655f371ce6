import { readFile } from 'node:fs/promises';
import { laws, runExempt, runLaw, type LawId } from '@crossdock/testing/conformance';
import { expect, it } from 'vitest';
import { toySuite } from '../toy/suite.ts';
import { catalogueBreaks } from './catalogue.ts';
import { customerBreaks } from './customers.ts';
import { deliveryBreaks } from './deliveries.ts';
import type { Break } from './flaw.ts';
import { handlingBreaks } from './handling.ts';
import { officeBreaks } from './office.ts';
import { pullBreaks } from './pulls.ts';
import { pushBreaks } from './pushes.ts';
import { readBreaks } from './reads.ts';
import { writeBreaks } from './writes.ts';

/** As much as a connector's own suite has for a law. */
const timeoutMs = 60_000;

const breaks: ReadonlyMap<string, Break> = new Map(
  Object.entries({
    ...pullBreaks,
    ...writeBreaks,
    ...pushBreaks,
    ...readBreaks,
    ...customerBreaks,
    ...deliveryBreaks,
    ...catalogueBreaks,
    ...officeBreaks,
    ...handlingBreaks,
  }),
);

function lawOf(id: LawId) {
  const law = laws.find((one) => one.id === id);
  if (!law) throw new Error(`There is no law "${id}".`);
  return law;
}

it('has a broken connector for every law', () => {
  expect([...breaks.keys()].toSorted()).toEqual(laws.map(({ id }) => id).toSorted());
});

it('counts the laws in the README as they are', async () => {
  const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');

  expect(readme).toContain(`There are ${laws.length} laws,`);
});

it.each(laws.map((law) => [law.id, law] as const))(
  '%s',
  async (id, law) => {
    const broken = breaks.get(id);

    await expect(runLaw(law, toySuite())).resolves.toBeUndefined();
    await expect(runLaw(law, toySuite(broken))).rejects.toThrow(broken?.says);
  },
  timeoutMs,
);

it('complains of an exemption from a law that holds', async () => {
  const law = lawOf('orders.get/an-unknown-order-is-undefined');
  const exemption = { because: 'the platform answers with another order', source: 'toy.example.test, read 2026-11-23' };

  await expect(runExempt(law, toySuite(), exemption)).rejects.toThrow('Take the exemption away');
  await expect(runExempt(law, toySuite(breaks.get(law.id)), exemption)).resolves.toBeUndefined();
});
