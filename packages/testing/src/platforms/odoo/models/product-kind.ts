import type { Row } from '../orm/database.ts';
import { flag, link, rowOf, type Env } from '../orm/env.ts';

/** The template of a variant. */
export function templateOf(env: Env, product: number): Row {
  return rowOf(env, 'product.template', link(rowOf(env, 'product.product', product), 'product_tmpl_id') ?? 0);
}

/** Whether stock is counted. Consumables are delivered too, but never run out. */
export function isStorable(env: Env, product: number): boolean {
  const template = templateOf(env, product);
  return env.major === 17 ? template['detailed_type'] === 'product' : flag(template, 'is_storable');
}

export function isService(env: Env, product: number): boolean {
  return templateOf(env, product)['type'] === 'service';
}
