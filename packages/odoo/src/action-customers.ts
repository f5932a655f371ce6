/**
 * The part of the server action that finds or makes the customers of its orders and their addresses. Its rules are those of
 * the connector: `customer-identity.ts` and `addresses.ts`.
 */
export const actionCustomers = `def address_values(values):
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


def has_identity(partner, find):
    """Whether a partner has the account number or, of who has none, the mailbox."""
    if find['ref']:
        return partner.ref == find['ref']
    return bool(find['email']) and partner.email_normalized == find['email']


def names_in(customer):
    """By what a customer that is still to be made is known: its external id and its mailbox."""
    if 'find' not in customer:
        return set()
    return {name for name in (customer['id'], customer['find']['email']) if name}


def matches_of(find, candidates, own):
    """
    Who may be the buyer: those to take, and those to take where there is none of the former. A mailbox counts for who has
    no account number. First comes who has the external id, below a company too, then who has no number either, then
    accounts.
    """
    near = Partner
    far = Partner
    if own and has_identity(own, find):
        return own, far
    for one in candidates:
        if not has_identity(one, find):
            continue
        if not find['ref'] and (one.ref or '').strip():
            far |= one
        else:
            near |= one
    return near, far


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
        near, far = matches_of(find, candidates, Partner.browse(known.get(asked['id'], [])))
        # Who comes earlier in the list has the mailbox already, as if one order came after the other: the same guest,
        # else accounts.
        earlier = []
        for name in fresh:
            if not near and find['email'] and not find['ref'] and fresh[name]['find']['email'] == find['email']:
                earlier.append(name)
        if asked['id'] in earlier:
            earlier = [asked['id']]
            far = Partner
        if len(near) > 1 or (not near and len(far) + len(earlier) > 1):
            raise UserError('Two customers may be the buyer of an order.')
        if near or far:
            customers[order['id']] = near or far
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


`;
