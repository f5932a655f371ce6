import { readDecimal } from '../decimal.ts';
import { addCoupon, couponByCode } from '../life/coupons.ts';
import type { WooCoupon, WooTaxRate } from '../records.ts';
import { url, type View } from '../views/format.ts';
import { couponView, taxRateView } from '../views/small.ts';
import { booleanOf, integerOf, textOf } from './body.ts';
import { numberAt, route, type Answer, type Call, type Route } from './call.ts';
import { boolean, integer, oneOf, text } from './check.ts';
import { page, pageChecks, sorted } from './lists.ts';
import { invalidId, Refused } from './refused.ts';

/** `/taxes` and `/coupons`, as far as orders depend on them. */
export function taxRoutes(): readonly Route[] {
  return [
    route('taxes', {
      GET: {
        deed: 'list',
        checks: pageChecks,
        answer: (call) => page(call, ratesOf(call), { show: (rate) => taxRateView(call.site, rate) }),
      },
      POST: {
        deed: 'create',
        checks: {
          country: text,
          state: text,
          rate: text,
          name: text,
          priority: integer,
          compound: boolean,
          shipping: boolean,
        },
        answer(call) {
          const rate = makeRate(call);
          const location = url(call.site, `taxes/${rate.id}`);
          return { status: 201, body: taxRateView(call.site, rate), headers: { location } };
        },
      },
    }),
    route('taxes/classes', {
      GET: {
        deed: 'list',
        answer: (call) =>
          page(call, [...call.site.store.taxClasses], { show: ([slug, name]) => classView(call, slug, name) }),
      },
      POST: { deed: 'create', checks: { name: text }, required: ['name'], answer: makeClass },
    }),
    route('taxes/:id', {
      GET: {
        deed: 'view',
        answer(call) {
          const rate = call.site.store.rates.get(numberAt(call, 'id'));
          if (!rate) throw new Refused(404, 'woocommerce_rest_invalid_id', 'Invalid resource ID.');
          return { body: taxRateView(call.site, rate) };
        },
      },
      DELETE: {
        deed: 'delete',
        answer(call) {
          const rate = call.site.store.rates.get(numberAt(call, 'id'));
          if (!rate) throw new Refused(400, 'woocommerce_rest_invalid_id', 'Invalid resource ID.');
          if (booleanOf(call.params['force']) !== true) {
            throw new Refused(501, 'woocommerce_rest_trash_not_supported', 'Taxes do not support trashing.');
          }
          call.site.store.rates.delete(rate.id);
          return { body: taxRateView(call.site, rate) };
        },
      },
    }),
    ...couponRoutes(),
  ];
}

function couponRoutes(): readonly Route[] {
  return [
    route('coupons', {
      GET: {
        deed: 'list',
        checks: pageChecks,
        answer(call) {
          const code = textOf(call.params['code'])?.toLowerCase();
          const found = [...call.site.store.coupons.values()].filter(
            (coupon) => code === undefined || coupon.code === code,
          );
          return page(call, sorted(call, found, { date: ({ createdAt }) => createdAt }), {
            show: (coupon) => couponView(call.site, coupon),
          });
        },
      },
      POST: {
        deed: 'create',
        checks: { code: text, amount: text, discount_type: oneOf(['percent', 'fixed_cart', 'fixed_product']) },
        required: ['code'],
        answer(call) {
          const coupon = makeCoupon(call);
          const location = url(call.site, `coupons/${coupon.id}`);
          return { status: 201, body: couponView(call.site, coupon), headers: { location } };
        },
      },
    }),
    route('coupons/:id', {
      GET: {
        deed: 'view',
        answer(call) {
          const coupon = call.site.store.coupons.get(numberAt(call, 'id'));
          if (!coupon) throw invalidId('shop_coupon', 404);
          return { body: couponView(call.site, coupon) };
        },
      },
    }),
  ];
}

/** Rates of the class that was asked for, or all of them. */
function ratesOf({ site, params }: Call): readonly WooTaxRate[] {
  const wanted = textOf(params['class']);
  return [...site.store.rates.values()].filter(({ taxClass }) => wanted === undefined || taxClass === wanted);
}

function makeRate({ site, body }: Call): WooTaxRate {
  const rate: WooTaxRate = {
    id: site.store.nextId('rate'),
    country: textOf(body['country']) ?? '',
    state: textOf(body['state']) ?? '',
    rate: textOf(body['rate']) ?? '0.0000',
    name: textOf(body['name']) ?? 'Tax',
    priority: integerOf(body['priority']) ?? 1,
    compound: booleanOf(body['compound']) ?? false,
    shipping: booleanOf(body['shipping']) ?? true,
    taxClass: textOf(body['class']) ?? 'standard',
  };
  site.store.rates.set(rate.id, rate);
  return rate;
}

function makeCoupon({ site, body }: Call): WooCoupon {
  const code = (textOf(body['code']) ?? '').toLowerCase();
  if (couponByCode(site, code)) {
    throw new Refused(400, 'woocommerce_rest_coupon_code_already_exists', 'The coupon code already exists');
  }
  const amount = readDecimal(textOf(body['amount']) ?? '0');
  const coupon = addCoupon(site, code, amount, textOf(body['discount_type']) ?? 'fixed_cart');
  site.tell({ resource: 'coupon', event: 'created', id: coupon.id });
  return coupon;
}

function makeClass(call: Call): Answer {
  const name = textOf(call.body['name']) ?? '';
  const slug = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  if (call.site.store.taxClasses.has(slug)) {
    throw new Refused(400, 'woocommerce_rest_tax_class_exists', 'Cannot create existing resource.');
  }
  call.site.store.taxClasses.set(slug, name);
  return { status: 201, body: classView(call, slug, name) };
}

function classView(call: Call, slug: string, name: string): View {
  return { slug, name, _links: { collection: [{ href: url(call.site, 'taxes/classes') }] } };
}
