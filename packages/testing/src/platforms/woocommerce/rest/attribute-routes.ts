import { slugOf } from '../life/terms.ts';
import type { WooAttribute } from '../records.ts';
import { links, url, type View } from '../views/format.ts';
import { batch } from './batch.ts';
import { integerOf, textOf, type Body } from './body.ts';
import { numberAt, route, type Call, type Route } from './call.ts';
import { text, type Check } from './check.ts';
import { Refused } from './refused.ts';
import { routesOf } from './term-routes.ts';

const checks: Readonly<Record<string, Check>> = { name: text, slug: text, order_by: text };

/** Attributes of the shop and their values. Compared with WooCommerce 10.5.0, 2026-11-26. */
export function attributeRoutes(): readonly Route[] {
  return [
    route('products/attributes', {
      // All of them at once: this list has no pages.
      GET: {
        deed: 'list',
        answer: (call) => ({
          body: [...call.site.store.attributes.values()].map((attribute) => view(call, attribute)),
          isList: true,
        }),
      },
      POST: {
        deed: 'create',
        checks,
        required: ['name'],
        answer(call) {
          const attribute = create(call, call.body);
          const location = url(call.site, `products/attributes/${attribute.id}`);
          return { status: 201, body: view(call, attribute), headers: { location } };
        },
      },
    }),
    route('products/attributes/batch', {
      EDIT: batch({
        create: (call, body) => view(call, create(call, body)),
        update: (call, body) => update(call, integerOf(body['id']) ?? 0, body),
        remove: (call, id) => remove(call, integerOf(id) ?? 0),
      }),
    }),
    route('products/attributes/:id', {
      GET: { deed: 'view', answer: (call) => ({ body: view(call, attributeAt(call, numberAt(call, 'id'))) }) },
      EDIT: { deed: 'edit', checks, answer: (call) => ({ body: update(call, numberAt(call, 'id'), call.body) }) },
      DELETE: {
        deed: 'delete',
        answer: (call) => ({ body: remove(call, numberAt(call, 'id')) }),
      },
    }),
    ...routesOf({
      path: 'products/attributes/:attribute/terms',
      kindOf: (call) => attributeAt(call, numberAt(call, 'attribute'), 'Taxonomy does not exist.').slug,
    }),
  ];
}

function create({ site }: Call, body: Body): WooAttribute {
  const name = textOf(body['name']) ?? '';
  const slug = `pa_${slugOf((textOf(body['slug']) ?? name).replace(/^pa_/, ''))}`;
  if ([...site.store.attributes.values()].some((other) => other.slug === slug)) {
    const message = `Slug "${slug.slice(3)}" is already in use. Change it, please.`;
    throw new Refused(400, 'woocommerce_rest_cannot_create', message);
  }
  const attribute: WooAttribute = {
    id: site.store.nextId('attribute'),
    name,
    slug,
    orderBy: textOf(body['order_by']) ?? 'menu_order',
  };
  site.store.attributes.set(attribute.id, attribute);
  return attribute;
}

function update(call: Call, id: number, body: Body): View {
  const attribute = attributeAt(call, id);
  attribute.name = textOf(body['name']) ?? attribute.name;
  attribute.orderBy = textOf(body['order_by']) ?? attribute.orderBy;
  return view(call, attribute);
}

function remove(call: Call, id: number): View {
  const attribute = attributeAt(call, id);
  const { attributes, terms } = call.site.store;
  attributes.delete(id);
  for (const term of terms.values()) if (term.kind === attribute.slug) terms.delete(term.id);
  return view(call, attribute);
}

function attributeAt(call: Call, id: number, message = 'Resource does not exist.'): WooAttribute {
  const attribute = call.site.store.attributes.get(id);
  if (attribute) return attribute;
  throw new Refused(404, 'woocommerce_rest_taxonomy_invalid', message);
}

function view({ site }: Call, attribute: WooAttribute): View {
  return {
    id: attribute.id,
    name: attribute.name,
    slug: attribute.slug,
    type: 'select',
    order_by: attribute.orderBy,
    has_archives: false,
    _links: links(site, `products/attributes/${attribute.id}`, 'products/attributes'),
  };
}
