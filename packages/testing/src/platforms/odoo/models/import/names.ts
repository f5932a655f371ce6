import { withContext, type Env } from '../../orm/env.ts';
import { bindExternalId, resolveExternalId } from '../../orm/external-id.ts';
import { userError } from '../../orm/python-error.ts';
import type { ImportedOrder } from './orders-call.ts';

/** The modules of external ids that the action's text names. */
export function modulesIn(code: string): readonly string[] {
  const [, list = ''] = /^modules = \[(.*)\]$/m.exec(code) ?? [];
  return [...list.matchAll(/'(\w+)'/g)].map(([, module = '']) => module);
}

/** Whether an order brings only names of the kinds that the action writes, in one of its modules. */
export function isNamedOurs({ id, lines, customer }: ImportedOrder, modules: readonly string[]): boolean {
  const isOurs = (name: string, beginnings: readonly string[]) => {
    const [module = '', rest = '', ...more] = name.split('.');
    return modules.includes(module) && more.length === 0 && beginnings.some((one) => rest.startsWith(one));
  };
  return (
    isOurs(id, ['order_']) &&
    lines.every((line) => line.id.startsWith(`${id}_`)) &&
    (!('find' in customer) || isOurs(customer.id, ['account_', 'customer_']))
  );
}

/** Gives a record an external id that no other one has, marked as imports mark what they leave alone. */
export function bindNewId(env: Env, externalId: string, model: string, id: number): void {
  if (resolveExternalId(env, externalId)) throw userError('An external id of this order is there already.');
  bindExternalId(withContext(env, { noupdate: true }), externalId, model, id);
}
