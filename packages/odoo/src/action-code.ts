import { fingerprint } from '@crossdock/core';
import { actionCustomers } from './action-customers.ts';
import { actionGuard } from './action-guard.ts';

/** The words by which an installed action is known. Its release follows. */
export const actionMarker = 'crossdock-import-orders/';

/**
 * What the server action of the import runs inside Odoo, as Odoo's own evaluator allows it: no imports, no `with`, no
 * functions that see another function's names. Odoo's tools/safe_eval.py, source of Odoo 19.0, read 2026-11-26.
 */
export async function actionCode(modules: readonly string[]): Promise<string> {
  const named = modules.map((module) => `'${module}'`).join(', ');
  const release = await actionRelease();
  return `# ${actionMarker}${release}
# Makes the sale orders in the context, with their customers and addresses, and confirms them: one call, one
# transaction. It does what the caller may do; only external ids are looked up and written without a right of their own,
# and of those only new ones of its own kinds in these modules.
# Of Crossdock (MIT). Written anew by: npx @crossdock/odoo action install

modules = [${named}]
release = '${release}'
${imports}`;
}

/**
 * Which text an action has, of its content: no two that were installed are ever taken for one if they do otherwise. Orders
 * are handed over and answered under this name alone, so an action of another release finds nothing to make. A text that a
 * person edited in Odoo and in which they let its release stand goes by that name all the same: installing writes it anew.
 */
export async function actionRelease(): Promise<string> {
  return (await fingerprint(imports)).slice(0, 12);
}

/** Where in the context of a call an action of this release looks for its orders. */
export function ordersUnder(release: string): string {
  return `crossdock_orders_${release}`;
}

const imports = `
orders_key = 'crossdock_orders_' + release
wanted = env.context.get(orders_key, {}).get('orders', [])
# What stays in the context would be handed on to everything that Odoo does.
lean = dict(env.context)
lean.pop(orders_key, None)
env = env(context=lean)
Partner = env['res.partner']
Order = env['sale.order']
Line = env['sale.order.line']
ExternalId = env['ir.model.data']
tax_field = 'tax_ids' if 'tax_ids' in Line._fields else 'tax_id'


${actionGuard}def is_conflict(error):
    try:
        return error.pgcode in ('40001', '40P01', '55P03')
    except Exception:
        return False


${actionCustomers}def line_values(line, product_id, currency):
    values = dict(line['values'])
    if line['stated']:
        values['extra_tax_data'] = dict(line['stated'], currency_id=currencies.get(currency, 0))
    for field in ('product_uom_qty', 'price_unit', 'discount'):
        values[field] = float(values[field])
    values['product_id'] = product_id
    values[tax_field] = [(6, 0, line['taxes'])]
    if 'is_delivery' in Line._fields:
        values['is_delivery'] = line['delivery']
    return values


def is_near(currency, made, wanted, cents):
    """Whether an amount is one of those wanted, but for so many cents."""
    for one in wanted:
        if currency.compare_amounts(abs(made - float(one)), currency.rounding * cents) <= 0:
            return True
    return False


def is_taxed_alike(order, record):
    """
    Whether no line is taxed otherwise than the channel says by more than its own rounding: that of all lines could be the
    tax of one. Where a person put taxed lines of their own on the order the sum alone can tell.
    """
    currency = record.currency_id
    names = []
    for part in order['parts']:
        names += part['names']
    known = records_of('sale.order.line', names)
    taxes = {}
    for line in record.order_line:
        taxes[line.id] = line.price_tax
        if not currency.is_zero(line.price_tax) and line.id not in known.values():
            return True
    for part in order['parts']:
        made = []
        for name in part['names']:
            if known.get(name) in taxes:
                made.append(taxes[known[name]])
        cents = (part['halves'] + part['again'] * max(0, len(made) - part['lines']) + 1) // 2
        if made and not is_near(currency, sum(made), (part['tax'], part['reckoned']), cents):
            return False
    return True


def is_taxed(order, record):
    """Whether the tax is the channel's as far as rounding goes."""
    currency = record.currency_id
    if currency.is_zero(record.amount_tax - float(order['tax'])):
        return True
    wanted = (order['tax'], order['reckoned']['tax'])
    return is_near(currency, record.amount_tax, wanted, order['taxed']) and is_taxed_alike(order, record)


def is_settled(order, record):
    """The sum to the cent, and the tax in it as far as rounding goes."""
    currency = record.currency_id
    if currency.name != order['currency'] or currency.compare_amounts(record.amount_total, float(order['total'])) != 0:
        return False
    return is_taxed(order, record)


def even_out(order, record):
    """A line for the cents by which Odoo rounds a tax otherwise than the channel."""
    currency = record.currency_id
    off = currency.round(float(order['total']) - record.amount_total)
    few = is_near(currency, record.amount_total, (order['total'], order['reckoned']['total']), order['taxed'])
    product = products.get(order['rounding'])
    if currency.name != order['currency'] or not few or not product or currency.is_zero(off):
        return
    if not is_taxed(order, record):
        return
    line = Line.create({
        'order_id': record.id, 'product_id': product, 'name': 'Rounding', 'product_uom_qty': 1.0,
        'price_unit': off, 'discount': 0.0, tax_field: [(5, 0, 0)],
    })
    name_records([order['id'] + '_r1'], [line])


def make(orders):
    """Makes quotations, and gives them by external id."""
    customers = customers_of(orders)
    addresses = addresses_of(orders, customers)
    values = []
    for order in orders:
        customer = customers[order['id']]
        head = dict(order['values'])
        head.update(
            partner_id=customer.id,
            partner_invoice_id=addresses[(order['id'], 'invoice')].id,
            partner_shipping_id=addresses[(order['id'], 'shipping')].id,
            origin='%s%s]' % (order['origin'], customer.id),
            order_line=[],
        )
        for line in order['lines']:
            head['order_line'].append((0, 0, line_values(line, products[line['sku']], order['currency'])))
        values.append(head)
    made = {}
    records = Order.create(values)
    names = []
    for order, record in zip(orders, records):
        made[order['id']] = record
        names.append((order['id'], record))
        # In the order of their making, which is the order of the lines given.
        for line, kept in zip(order['lines'], record.order_line.sorted('id')):
            names.append((line['id'], kept))
    ids = []
    kept_records = []
    for name, record in names:
        ids.append(name)
        kept_records.append(record)
    name_records(ids, kept_records)
    for order in orders:
        record = made[order['id']]
        if order['rounding'] and not is_settled(order, record):
            even_out(order, record)
    return made


def told(order, record, made):
    return {
        'made': made, 'id': record.id, 'state': record.state, 'origin': record.origin or '',
        'date_order': str(record.date_order), 'customer': record.partner_id.id, 'settled': is_settled(order, record),
    }


# What is not for this action, and nothing of which is looked up.
results = {}
allowed = []
if len(wanted) > 500:
    raise UserError('At most 500 orders at once.')
for order in wanted:
    if is_allowed(order):
        allowed.append(order)
    else:
        results[order['id']] = {'left': 'name'}
wanted = allowed

# Who is there already, whose key is used elsewhere, which goods are known.
there = records_of('sale.order', [order['id'] for order in wanted])
visible = Order.search([('id', 'in', list(there.values()))])
skus = set()
for order in wanted:
    skus.update([line['sku'] for line in order['lines']] + ([order['rounding']] if order['rounding'] else []))
products = {}
doubled = set()
for product in env['product.product'].search([('default_code', 'in', list(skus))]):
    if product.default_code in products:
        doubled.add(product.default_code)
    products[product.default_code] = product.id
for sku in doubled:
    products.pop(sku)
currencies = {}
for currency in env['res.currency'].search([('name', 'in', [order['currency'] for order in wanted])]):
    currencies[currency.name] = currency.id
keys = {}
for order in wanted:
    keys[order['key']] = order['id']
domain = ['|'] * (len(keys) - 1) + [('origin', 'like', key) for key in keys]
used = Order.search([('state', '!=', 'cancel')] + domain).mapped('origin') if keys else []
named = [order['customer']['id'] for order in wanted if 'find' not in order['customer']]
active = set(Partner.search([('id', 'in', named)]).ids)
candidates = candidates_of(wanted)
taken = records_of('res.partner', [order['customer']['id'] for order in wanted if 'find' in order['customer']])
# Archived ones and those of other companies are nobody's to take here.
seen = set(Partner.search([('id', 'in', list(taken.values()))]).ids)
doubtful = set()
unmade = set()
for order in wanted:
    customer = order['customer']
    if 'find' not in customer:
        continue
    own = taken.get(customer['id'])
    if own and own not in seen:
        doubtful.add(order['id'])
        continue
    near, far = matches_of(customer['find'], candidates, Partner.browse(own or []))
    if len(near or far) > 1:
        doubtful.add(order['id'])
    if not own and not near and not far:
        unmade.add(order['id'])

ready = []
# External ids and mailboxes of orders that are left, whose customers the batch makes nevertheless: it takes the later
# orders by them, too, or they would be of another customer than one after the other.
held = set()
for order in wanted:
    customer = order['customer']
    if order['id'] in there:
        record = Order.browse(there[order['id']])
        results[order['id']] = told(order, record, False) if record in visible else {'left': 'refused'}
    elif [origin for origin in used if order['key'] in origin]:
        results[order['id']] = {'left': 'key'}
    elif [line for line in order['lines'] if line['sku'] not in products]:
        results[order['id']] = {'left': 'sku'}
    elif 'find' not in customer and customer['id'] not in active:
        results[order['id']] = {'left': 'customer'}
    elif order['id'] in doubtful or held & names_in(customer):
        results[order['id']] = {'left': 'customer'}
    else:
        ready.append(order)
        continue
    if order['id'] in unmade or held & names_in(customer):
        held |= names_in(customer)

# All at once; where Odoo refuses, halves, until the refused ones stand alone: the earlier half first.
waiting = [ready] if ready else []
quotations = []
while waiting:
    group = []
    for order in waiting.pop(0):
        if held & names_in(order['customer']):
            results[order['id']] = {'left': 'customer'}
            held |= names_in(order['customer'])
        else:
            group.append(order)
    if not group:
        continue
    point = env.cr.savepoint()
    try:
        made = make(group)
        point.close(rollback=False)
        quotations += [(order, made[order['id']]) for order in group]
    except Exception as error:
        if is_conflict(error):
            raise
        point.close(rollback=True)
        middle = len(group) // 2
        if middle:
            waiting = [group[:middle], group[middle:]] + waiting
        else:
            results[group[0]['id']] = {'left': 'refused'}
            if group[0]['id'] in unmade:
                held |= names_in(group[0]['customer'])

waiting = [[(order, record) for order, record in quotations if order['confirm'] and is_settled(order, record)]]
while waiting:
    group = waiting.pop(0)
    if not group:
        continue
    point = env.cr.savepoint()
    try:
        records = Order.browse([record.id for order, record in group])
        records.action_confirm()
        # Confirming sets it to now; the day of the purchase is another.
        for order, record in group:
            record.write({'date_order': order['values']['date_order']})
        point.close(rollback=False)
    except Exception as error:
        if is_conflict(error):
            raise
        point.close(rollback=True)
        middle = len(group) // 2
        if middle:
            waiting += [group[:middle], group[middle:]]

for order, record in quotations:
    results[order['id']] = told(order, record, True)
action = {'release': release, 'orders': results}
`;
