import type { Json } from '@crossdock/core';
import type { WooProduct, WooTerm } from '../records.ts';
import { bodies, integerOf, textOf, type Body } from '../rest/body.ts';
import { Refused } from '../rest/refused.ts';
import type { Site } from '../site.ts';
import { uncategorized } from '../store.ts';

/** Makes a category, a tag or a value. Its name may be there once, of categories once below each. */
export function createTerm(site: Site, kind: string, body: Body): WooTerm {
  const name = keptName(textOf(body['name']) ?? '');
  const parent = parentOf(site, kind, body) ?? 0;
  const same = [...site.store.terms.values()].find(
    (term) => term.kind === kind && term.parent === parent && term.name.toLowerCase() === name.toLowerCase(),
  );
  if (same) {
    const where = kind === 'category' ? 'with this parent' : 'in this taxonomy';
    const data = { status: 400, resource_id: same.id };
    throw new Refused(400, 'term_exists', `A term with the name provided already exists ${where}.`, data);
  }
  const term: WooTerm = {
    id: site.store.nextId('term'),
    kind,
    name,
    slug: freeSlug(site, kind, textOf(body['slug']) ?? name, parent),
    description: textOf(body['description']) ?? '',
    parent,
    menuOrder: integerOf(body['menu_order']) ?? 0,
  };
  site.store.terms.set(term.id, term);
  return term;
}

/** Writes what was sent and leaves the rest. */
export function updateTerm(site: Site, term: WooTerm, body: Body): void {
  const name = textOf(body['name']);
  if (name !== undefined) term.name = keptName(name);
  const slug = textOf(body['slug']);
  if (slug !== undefined && slug !== term.slug) term.slug = freeSlug(site, term.kind, slug, term.parent);
  term.description = textOf(body['description']) ?? term.description;
  term.parent = parentOf(site, term.kind, body) ?? term.parent;
  term.menuOrder = integerOf(body['menu_order']) ?? term.menuOrder;
}

/** Away for good: what was below goes one up. Products are left without. Compared with WooCommerce 10.5.0, 2026-11-26. */
export function removeTerm(site: Site, term: WooTerm): void {
  if (term.id === uncategorized.id) {
    throw new Refused(500, 'woocommerce_rest_cannot_delete', 'Default product category cannot be deleted.');
  }
  for (const other of site.store.terms.values()) if (other.parent === term.id) other.parent = term.parent;
  for (const product of site.store.products.values()) {
    if (product.tagIds.includes(term.id)) product.tagIds = product.tagIds.filter((id) => id !== term.id);
    if (product.categoryIds.includes(term.id)) {
      product.categoryIds = product.categoryIds.filter((id) => id !== term.id);
    }
  }
  site.store.terms.delete(term.id);
  site.store.change();
}

/** The terms that a product was sent with, by id. One that is not there is left out in silence. WordPress source, read 2026-11-23. */
export function termsOf(site: Site, kind: string, sent: Json): readonly number[] | undefined {
  if (sent === undefined || sent === null) return undefined;
  const ids = bodies(sent).map(({ id }) => integerOf(id) ?? 0);
  return [...new Set(ids)].filter((id) => site.store.terms.get(id)?.kind === kind);
}

/** How many products that are shown have a term; of a category those below it count too. */
export function countOf(site: Site, term: WooTerm): number {
  const ids = new Set([term.id, ...below(site, term)]);
  let count = 0;
  for (const { status, categoryIds, tagIds } of site.store.products.values()) {
    if (status === 'publish' && [...categoryIds, ...tagIds].some((id) => ids.has(id))) count += 1;
  }
  return count;
}

/** Everything below a category. */
export function below(site: Site, term: WooTerm): readonly number[] {
  const children = [...site.store.terms.values()].filter(({ parent, id }) => parent === term.id && id !== term.id);
  return children.flatMap((child) => [child.id, ...below(site, child)]);
}

/** What an attribute is called: the shop's own name where it is one of the shop's. */
export function nameOfAttribute(site: Site, id: number, sent: Body): string {
  return site.store.attributes.get(id)?.name ?? textOf(sent['name']) ?? '';
}

/** The value of an attribute as the shop keeps it: one of the shop's is a term, which is made when it is not there. */
export function optionOf(site: Site, attributeId: number, option: string): string {
  const kind = site.store.attributes.get(attributeId)?.slug;
  return kind === undefined ? option : valueOf(site, kind, option).name;
}

/** What a line of an order keeps of a choice, and how it is shown to people. Compared with WooCommerce 10.5.0, 2026-11-26. */
export function choiceMeta(site: Site, { id, name, option }: WooProduct['chosen'][number]) {
  const kind = site.store.attributes.get(id)?.slug;
  if (kind === undefined) return { key: name.toLowerCase(), value: option, label: name, shown: option };
  const term = valueOf(site, kind, option);
  return { key: kind, value: term.slug, label: name, shown: term.name };
}

function valueOf(site: Site, kind: string, option: string): WooTerm {
  const wanted = keptName(option).toLowerCase();
  const known = [...site.store.terms.values()].find(
    (term) => term.kind === kind && (term.name.toLowerCase() === wanted || term.slug === wanted),
  );
  return known ?? createTerm(site, kind, { name: option });
}

/** Letters and digits with dashes between. */
export function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('&amp;', '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

/** WordPress keeps names of terms ready for HTML, without tags. WordPress source, read 2026-11-23. */
function keptName(name: string): string {
  return name
    .replaceAll(/<[^>]*>/g, '')
    .trim()
    .replaceAll(/&(?!\w+;|#\d+;)/g, '&amp;');
}

function parentOf(site: Site, kind: string, body: Body): number | undefined {
  const parent = integerOf(body['parent']);
  if (parent === undefined || kind !== 'category') return undefined;
  if (parent !== 0 && site.store.terms.get(parent)?.kind !== kind) {
    throw new Refused(400, 'missing_parent', 'Parent term does not exist.');
  }
  return parent;
}

/** A slug is there once: below another category it gets that one's slug, and then a number. */
function freeSlug(site: Site, kind: string, wanted: string, parent: number): string {
  const taken = new Set([...site.store.terms.values()].filter((term) => term.kind === kind).map(({ slug }) => slug));
  let slug = slugOf(wanted);
  const above = site.store.terms.get(parent);
  if (taken.has(slug) && above) slug = `${slug}-${above.slug}`;
  if (!taken.has(slug)) return slug;
  let number = 2;
  while (taken.has(`${slug}-${number}`)) number += 1;
  return `${slug}-${number}`;
}
