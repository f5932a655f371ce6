import { countOf, createTerm, removeTerm, updateTerm } from '../life/terms.ts';
import type { WooTerm } from '../records.ts';
import { links, url, type View } from '../views/format.ts';
import { batch } from './batch.ts';
import { booleanOf, integerOf, textOf, type Body } from './body.ts';
import { numberAt, pause, route, type Answer, type Call, type Route } from './call.ts';
import { between, integer, oneOf, text, type Check } from './check.ts';
import { idsOf, page, pageChecks, sorted } from './lists.ts';
import { Refused } from './refused.ts';

/** A sort of terms, and where it is. */
export interface TermKind {
  readonly path: string;
  readonly kindOf: (call: Call) => string;
}

const checks: Readonly<Record<string, Check>> = {
  name: text,
  slug: text,
  description: text,
  parent: integer,
  menu_order: integer,
};

const listChecks: Readonly<Record<string, Check>> = {
  ...pageChecks,
  order: oneOf(['asc', 'desc']),
  orderby: oneOf(['id', 'include', 'name', 'slug', 'term_group', 'description', 'count']),
  parent: between(0),
};

/** Categories and tags; values of attributes are below each attribute. Compared with WooCommerce 10.5.0, 2026-11-26. */
export const termRoutes = (): readonly Route[] => [
  ...routesOf({ path: 'products/categories', kindOf: () => 'category' }),
  ...routesOf({ path: 'products/tags', kindOf: () => 'tag' }),
];

/** The routes of one sort of terms. */
export function routesOf({ path, kindOf }: TermKind): readonly Route[] {
  const create = async (call: Call, body: Body): Promise<WooTerm> => {
    await pause(call, 'other');
    return createTerm(call.site, kindOf(call), body);
  };
  const update = async (call: Call, id: number, body: Body): Promise<View> => {
    const term = termAt(call, kindOf(call), id);
    await pause(call, 'other');
    updateTerm(call.site, term, body);
    return view(call, term);
  };
  const remove = (call: Call, id: number): View => {
    const term = termAt(call, kindOf(call), id);
    const shown = view(call, term);
    removeTerm(call.site, term);
    return shown;
  };
  return [
    route(path, {
      GET: { deed: 'list', checks: listChecks, answer: (call) => list(call, kindOf(call)) },
      POST: {
        deed: 'create',
        checks,
        required: ['name'],
        async answer(call) {
          const term = await create(call, call.body);
          const location = url(call.site, `${call.path}/${term.id}`);
          return { status: 201, body: view(call, term), headers: { location } };
        },
      },
    }),
    route(`${path}/batch`, {
      EDIT: batch({
        create: async (call, body) => view(call, await create(call, body)),
        update: (call, body) => update(call, integerOf(body['id']) ?? 0, body),
        remove: (call, id) => remove(call, integerOf(id) ?? 0),
      }),
    }),
    route(`${path}/:id`, {
      GET: { deed: 'view', answer: (call) => ({ body: view(call, termAt(call, kindOf(call), numberAt(call, 'id'))) }) },
      EDIT: {
        deed: 'edit',
        checks,
        answer: async (call) => ({ body: await update(call, numberAt(call, 'id'), call.body) }),
      },
      DELETE: {
        deed: 'delete',
        answer(call) {
          if (booleanOf(call.params['force']) !== true) {
            throw new Refused(501, 'woocommerce_rest_trash_not_supported', 'Resource does not support trashing.');
          }
          return { body: remove(call, numberAt(call, 'id')) };
        },
      },
    }),
  ];
}

function list(call: Call, kind: string): Promise<Answer> {
  const { site, params } = call;
  const parent = integerOf(params['parent']);
  const slug = textOf(params['slug']);
  const search = textOf(params['search'])?.toLowerCase() ?? '';
  const product = site.store.products.get(integerOf(params['product']) ?? 0);
  const include = idsOf(params['include']);
  const exclude = idsOf(params['exclude']) ?? [];
  const found = [...site.store.terms.values()]
    .filter((term) => term.kind === kind)
    .filter((term) => parent === undefined || term.parent === parent)
    .filter((term) => slug === undefined || term.slug === slug)
    .filter((term) => term.name.toLowerCase().includes(search))
    .filter(({ id }) => !product || [...product.categoryIds, ...product.tagIds].includes(id))
    .filter(({ id }) => (!include || include.includes(id)) && !exclude.includes(id))
    .filter((term) => booleanOf(params['hide_empty']) !== true || countOf(site, term) > 0);
  const asked: Call = { ...call, params: { orderby: 'name', order: 'asc', ...params } };
  const keys = {
    name: ({ name }: WooTerm) => name.toLowerCase(),
    slug: ({ slug: own }: WooTerm) => own,
    count: (term: WooTerm) => countOf(site, term),
  };
  return page(call, sorted(asked, found, keys), { show: (term) => view(call, term) });
}

function termAt(call: Call, kind: string, id: number): WooTerm {
  const term = call.site.store.terms.get(id);
  if (term?.kind === kind) return term;
  throw new Refused(404, 'woocommerce_rest_term_invalid', 'Resource does not exist.');
}

function view(call: Call, term: WooTerm): View {
  const { site } = call;
  const isCategory = term.kind === 'category';
  const collection = call.path.replace(/\/(batch|\d+)$/, '');
  return {
    id: term.id,
    name: term.name,
    slug: term.slug,
    ...(isCategory ? { parent: term.parent } : {}),
    description: term.description,
    ...(isCategory ? { display: 'default', image: null } : {}),
    ...(term.kind === 'tag' ? {} : { menu_order: term.menuOrder }),
    count: countOf(site, term),
    _links: links(
      site,
      `${collection}/${term.id}`,
      collection,
      term.parent === 0 ? {} : { up: [{ href: url(site, `${collection}/${term.parent}`) }] },
    ),
  };
}
