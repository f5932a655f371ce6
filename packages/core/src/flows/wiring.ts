import type { ConnectorBase } from '../connector/connector.ts';
import { CommerceError } from '../errors/commerce-error.ts';
import type { AnyFlow } from './integration.ts';

/** The contract that this version of core speaks with connectors. */
const contract = 1;

/** Refuses in words what could not work. All problems are said at once, so that they are mended at once. */
export function checkWiring({
  systems,
  flows,
  owners,
}: {
  readonly systems: Readonly<Record<string, ConnectorBase>>;
  readonly flows: readonly AnyFlow[];
  readonly owners: readonly string[];
}): void {
  const problems = [
    ...Object.entries(systems).flatMap(([name, connector]) => systemProblems(name, connector)),
    ...flows.flatMap((flow, index) => flowProblems(flow, flows.slice(0, index), systems)),
    ...owners.filter((owner) => !Object.hasOwn(systems, owner)).map((owner) => ownerProblem(owner, systems)),
  ];
  if (problems.length === 0) return;
  throw new CommerceError({
    code: 'wiring.invalid',
    message: `The integration was not composed: ${problems.join(' ')}`,
    details: problems,
  });
}

function systemProblems(name: string, connector: ConnectorBase): readonly string[] {
  // A connector built against another version of core says another number, whatever the types here say.
  const spoken: number = connector.contract;
  const problems: string[] = [];
  if (name === '' || name.includes('/')) {
    problems.push(`System "${name}" needs a name without "/", because its name begins the ids of what it tells.`);
  }
  if (spoken !== contract) {
    problems.push(
      `System "${name}" speaks contract "${spoken}" and this version of core speaks "${contract}"; install versions of both that belong together.`,
    );
  }
  if (connector.system !== name) {
    problems.push(
      `System "${name}" gives out references to "${connector.system}"; name it so in systems, or make the connector with { name: "${name}" }.`,
    );
  }
  return problems;
}

function flowProblems(
  flow: AnyFlow,
  before: readonly AnyFlow[],
  systems: Readonly<Record<string, ConnectorBase>>,
): readonly string[] {
  const title = `Flow "${flow.name}" version ${flow.version}`;
  const problems: string[] = [];
  if (flow.name === '' || flow.name.includes('/')) {
    problems.push(`${title} needs a name without "/", because it begins the ids of its runs.`);
  }
  if (!Number.isSafeInteger(flow.version) || flow.version < 1) {
    problems.push(`${title} needs a whole number from 1 as its version.`);
  }
  if (before.some(({ name, version }) => name === flow.name && version === flow.version)) {
    problems.push(`${title} is there twice; raise the version of the one that changed, or rename one.`);
  }
  if (flow.from !== undefined && !Object.hasOwn(systems, flow.from)) {
    problems.push(`${title} listens to "${flow.from}", and no system is named so.`);
  }
  if (flow.stale === 'drop' && !flow.on.endsWith('.updated')) {
    problems.push(
      `${title} drops what is stale of "${flow.on}", which is no state of a record that a newer one replaces; take "stale" away, or listen to an event that ends in ".updated".`,
    );
  }
  for (const [system, operations] of Object.entries(flow.needs)) {
    const connector = Object.hasOwn(systems, system) ? systems[system] : undefined;
    const missing = operations.filter((operation) => !connector?.operations.includes(operation));
    if (connector === undefined) problems.push(`${title} needs a system named "${system}", and none is.`);
    else if (missing.length > 0) {
      problems.push(`${title} needs "${missing.join('", "')}" of "${system}", which does not offer it.`);
    }
  }
  return problems;
}

function ownerProblem(owner: string, systems: Readonly<Record<string, ConnectorBase>>): string {
  return `Ownership names "${owner}", and no system is named so; the systems are "${Object.keys(systems).join('", "')}".`;
}
