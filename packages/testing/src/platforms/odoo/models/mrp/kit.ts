import type { Row } from '../../orm/database.ts';
import { link, list, num, rowOf, rowsWhere, str, type Env } from '../../orm/env.ts';
import { roundTo } from '../decimal.ts';
import { isService, isStorable } from '../product-kind.ts';
import { inUnit, unitOf } from '../uom.ts';

// How kits are taken apart and counted. Recorded on Odoo 19.0 with `mrp`, 2026-11-26; source of Odoo 19.0, read 2026-11-26.

/** One component of a kit, with the line of the bill that asks for it and how much of it, in the unit of that line. */
export interface KitPart {
  readonly line: Row;
  readonly product: number;
  readonly quantity: number;
}

/** The bill that makes a product a kit: the first that fits it. `undefined` for goods, and wherever `mrp` is not installed. */
export function kitOf(env: Env, product: number): Row | undefined {
  if (!env.registry.has('mrp.bom')) return undefined;
  const variant = env.db.row('product.product', product);
  if (!variant) return undefined;
  const [found] = rowsWhere(env, 'mrp.bom', 'product_tmpl_id', num(variant, 'product_tmpl_id'))
    .filter((bom) => bom['active'] !== false && str(bom, 'type') === 'phantom')
    .filter((bom) => [undefined, product].includes(link(bom, 'product_id')))
    .filter((bom) => [undefined, env.company].includes(link(bom, 'company_id')))
    .toSorted(
      (a, b) =>
        num(a, 'sequence') - num(b, 'sequence') ||
        // A bill of the variant goes before one of all variants.
        Number(link(a, 'product_id') === undefined) - Number(link(b, 'product_id') === undefined) ||
        a.id - b.id,
    );
  return found;
}

/** Everything that so many times the bill needs, kits inside kits taken apart as well. */
export function explode(env: Env, bom: Row, product: number, times: number): KitPart[] {
  const lines = rowsWhere(env, 'mrp.bom.line', 'bom_id', bom.id).toSorted(
    (a, b) => num(a, 'sequence') - num(b, 'sequence') || a.id - b.id,
  );
  return lines.flatMap((line): KitPart[] => {
    if (!isMeantFor(env, line, product)) return [];
    const component = num(line, 'product_id');
    const quantity = times * num(line, 'product_qty');
    const inner = kitOf(env, component);
    if (!inner) return [{ line, product: component, quantity: roundTo(quantity, 5) }];
    const inside = inUnit(env, quantity, link(line, 'product_uom_id'), link(inner, 'product_uom_id'));
    return explode(env, inner, component, inside / num(inner, 'product_qty'));
  });
}

/** A line for some variants: of each attribute that it names, the variant has one of the named values. */
function isMeantFor(env: Env, line: Row, product: number): boolean {
  const named = list(line, 'bom_product_template_attribute_value_ids');
  if (named.length === 0) return true;
  const own = list(rowOf(env, 'product.product', product), 'product_template_attribute_value_ids');
  const byAttribute = Map.groupBy(named, (id) => {
    const value = env.db.row('product.template.attribute.value', id);
    return value && link(value, 'attribute_id');
  });
  return [...byAttribute.values()].every((ids) => ids.some((id) => own.includes(id)));
}

/** How much of a component one kit needs, in the component's own unit. */
function perKit(env: Env, bom: Row, part: KitPart): number {
  const { line, product, quantity } = part;
  return inUnit(env, quantity, link(line, 'product_uom_id'), unitOf(env, product)) / num(bom, 'product_qty');
}

/** How many whole kits so much of each component makes. `stockOf` counts one component. */
export function kitStock(env: Env, bom: Row, product: number, stockOf: (component: number) => number): number {
  const parts = explode(env, bom, product, 1).filter((part) => part.quantity !== 0 && isStorable(env, part.product));
  const needs = new Map<number, number>();
  for (const part of parts) needs.set(part.product, (needs.get(part.product) ?? 0) + perKit(env, bom, part));
  if (needs.size === 0) return 0;
  return Math.floor(Math.min(...[...needs].map(([component, need]) => roundTo(stockOf(component) / need, 5))));
}

/** How many whole kits the moves of a line stand for: the component that is shortest decides, and one without a move is none. */
export function kitMoved(env: Env, bom: Row, product: number, moved: (part: KitPart) => number | undefined): number {
  const parts = explode(env, bom, product, 1).filter((part) => part.quantity !== 0 && !isService(env, part.product));
  if (parts.length === 0) return 0;
  const kits = parts.map((part) => roundTo((moved(part) ?? 0) / perKit(env, bom, part), 2));
  return Math.floor(Math.min(...kits));
}
