import { actionGuard } from './action-guard.ts';

/** The words by which an installed action is known, and the form of what it takes and answers. */
export const actionMarker = 'crossdock-import-orders/2';

/**
 * What the server action of the import runs inside Odoo, as Odoo's own evaluator allows it: no imports, no `with`, no
 * functions that see another function's names. Odoo's tools/safe_eval.py, source of Odoo 19.0, read 2026-11-26.
 */
export function actionCode(modules: readonly string[]): string {
  const named = modules.map((module) => `'${module}'`).join(', ');
  return `# ${actionMarker}
# Makes the sale orders in the context, with their customers and addresses, and confirms them: one call, one
# transaction. It does what the caller may do; only external ids are looked up and written without a right of their own,
# and of those only new ones of its own kinds in these modules.
# Of Crossdock (MIT). Written anew by: npx @crossdock/odoo action install

modules = [${named}]
${imports}`;
}

const imports = `
wanted = env.context.get('crossdock_orders_2', {}).get('orders', [])
# What stays in the context would be handed on to everything that Odoo does.
lean = dict(env.context)
lean.pop('crossdock_orders_2', None)
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


def address_values(values):
    """Only what is there is written: Odoo has an empty field, never an empty text."""
    kept = {}
    for field in values:
        if values[field] not in ('', None):
            kept[field] = values[field]
    return kept


def folded(text):
    return ' '.join((text or '').lower().split())


def is_same(partner, values):
    """Whether a partner is this address. Capitals, and how many blanks there are, make no other place."""
    for field in ('name', 'street', 'street2', 'city', 'zip'):
        if folded(partner[field]) != folded(values[field]):
            return False
    for field in ('phone', 'email'):
        if values[field] and folded(partner[field]) != folded(values[field]):
            return False
    return partner.country_id.id == values['country_id'] and partner.state_id.id == (values['state_id'] or False)


def is_unchanged(partner, values):
    """Whether it still is what it was made as. A module may have written it otherwise as it was made."""
    if partner.parent_id.id != values['parent_id']:
        return False
    return is_same(partner, values) or partner.create_date == partner.write_date


def candidates_of(orders):
    """Every partner that may be the buyer of one of the orders."""
    refs = []
    emails = []
    for order in orders:
        find = order['customer'].get('find')
        if find:
            refs += [find['ref']] if find['ref'] else []
            emails += [find['email']] if find['email'] else []
    if not refs and not emails:
        return Partner
    domain = [('parent_id', '=', False), '|', ('ref', 'in', refs), ('email_normalized', 'in', emails)]
    return Partner.search(domain, order='id')


def match_of(find, candidates):
    """The buyer, none, or False when a person has to say who it is. A mailbox counts for who has no account number."""
    found = Partner
    for one in candidates:
        if find['ref']:
            same = one.ref == find['ref']
        else:
            same = find['email'] and one.email_normalized == find['email']
        if same:
            found |= one
    return False if len(found) > 1 else found


def customers_of(orders):
    """The customer of each order by the order's external id; new ones are made."""
    candidates = candidates_of(orders)
    names = []
    for order in orders:
        if 'find' in order['customer']:
            names.append(order['customer']['id'])
    known = records_of('res.partner', names)
    customers = {}
    fresh = {}
    holders = {}
    for order in orders:
        asked = order['customer']
        if 'find' not in asked:
            customers[order['id']] = Partner.browse(asked['id'])
            continue
        find = asked['find']
        match = match_of(find, candidates)
        # Who comes earlier in the list has the mailbox already, as if one order came after the other.
        earlier = []
        for name in fresh:
            if find['email'] and not find['ref'] and fresh[name]['find']['email'] == find['email']:
                earlier.append(name)
        if match is False or len(match) + len(earlier) > 1:
            raise UserError('Two customers may be the buyer of an order.')
        if match:
            customers[order['id']] = match
        elif earlier:
            holders[order['id']] = earlier[0]
        elif asked['id'] in known:
            customers[order['id']] = Partner.browse(known[asked['id']])
        else:
            holders[order['id']] = asked['id']
            fresh.setdefault(asked['id'], asked)
    if fresh:
        values = []
        for name in sorted(fresh):
            values.append(address_values(fresh[name]['values']))
        made = dict(zip(sorted(fresh), Partner.create(values)))
        data = list(made.items())
        children = []
        for name in sorted(fresh):
            for nth, delivery in enumerate(fresh[name]['deliveries']):
                child = address_values(delivery['values'])
                child.update(parent_id=made[name].id, type='delivery')
                children.append((name + '_a' + str(nth + 1), child))
        if children:
            added = Partner.create([child for name, child in children])
            data += list(zip([name for name, child in children], added))
        name_records([name for name, record in data], [record for name, record in data])
        for order in orders:
            if order['id'] not in customers:
                customers[order['id']] = made[holders[order['id']]]
    return customers


def addresses_of(orders, customers):
    """The partner of each address by order and use; new ones are made below the customer."""
    everyone = Partner
    for order in orders:
        everyone |= customers[order['id']]
    family = everyone
    for child in Partner.search([('parent_id', 'in', everyone.ids)], order='id'):
        family |= child
    chosen = {}
    fresh = {}
    uses = []
    for order in orders:
        customer = customers[order['id']]
        for use in ('invoice', 'shipping'):
            address = order[use]
            if not address:
                chosen[(order['id'], use)] = customer
                continue
            values = dict(address['values'])
            values['name'] = values['name'] or customer.name or ''
            if use == 'shipping' and order['invoice'] and order['invoice']['values'] == address['values']:
                uses.append((order['id'], use, (order['id'], 'invoice')))
                continue
            same = Partner
            for one in family:
                if not same and (one == customer or one.parent_id == customer) and is_same(one, values):
                    same = one
            if same:
                chosen[(order['id'], use)] = same
                continue
            module = order['id'].partition('.')[0]
            name = '%s.address_%s-%s-%s' % (module, customer.id, address['type'], address['key'])
            values.update(parent_id=customer.id, type=address['type'])
            fresh.setdefault(name, values)
            uses.append((order['id'], use, name))
    known = {}
    missing = {}
    pending = sorted(fresh)
    nth = 1
    while pending:
        # A person may have edited the one that is there, put it away or moved it: then the next external id is taken.
        names = {}
        for name in pending:
            names[name] = name if nth == 1 else '%s_v%s' % (name, nth)
        found = records_of('res.partner', list(names.values()))
        visible = Partner.search([('id', 'in', list(found.values()))])
        later = []
        for name in pending:
            one = Partner.browse(found.get(names[name], []))
            if not one:
                missing[name] = names[name]
            elif one in visible and is_unchanged(one, fresh[name]):
                known[name] = one.id
            else:
                later.append(name)
        pending = later
        nth += 1
    if missing:
        values = []
        for name in missing:
            values.append(address_values(fresh[name]))
        made = Partner.create(values)
        name_records(list(missing.values()), made)
        for name, record in zip(missing, made):
            known[name] = record.id
    for order_id, use, name in uses:
        chosen[(order_id, use)] = chosen[name] if name in chosen else Partner.browse(known[name])
    return chosen


def line_values(line, product_id, currency):
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


def is_settled(order, record):
    """The sum to the cent, and the tax in it as far as rounding goes."""
    currency = record.currency_id
    if currency.name != order['currency'] or currency.compare_amounts(record.amount_total, float(order['total'])) != 0:
        return False
    off = abs(record.amount_tax - float(order['tax']))
    return currency.compare_amounts(off, currency.rounding * order['taxed']) <= 0


def even_out(order, record):
    """A line for the cents by which Odoo rounds a tax otherwise than the channel."""
    currency = record.currency_id
    off = currency.round(float(order['total']) - record.amount_total)
    few = currency.compare_amounts(abs(off), currency.rounding * order['taxed']) <= 0
    product = products.get(order['rounding'])
    if currency.name != order['currency'] or not few or not product or currency.is_zero(off):
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
seen = set(Partner.search([('id', 'in', list(taken.values()))]).ids)

ready = []
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
    elif 'find' in customer and match_of(customer['find'], candidates) is False:
        results[order['id']] = {'left': 'customer'}
    elif 'find' in customer and customer['id'] in taken and taken[customer['id']] not in seen:
        results[order['id']] = {'left': 'customer'}
    else:
        ready.append(order)

# All at once; where Odoo refuses, halves, until the refused ones stand alone.
waiting = [ready] if ready else []
quotations = []
while waiting:
    group = waiting.pop(0)
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
            waiting += [group[:middle], group[middle:]]
        else:
            results[group[0]['id']] = {'left': 'refused'}

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
action = {'protocol': 2, 'orders': results}
`;
