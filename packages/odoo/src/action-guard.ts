/**
 * The part of the server action that stands between its callers and what they may not do themselves. External ids are
 * looked up and written with the rights of the server, because salespeople have none on them: so it is here that names are
 * refused. A name that is there already is never given to another record: somebody's group of users could be one.
 */
export const actionGuard = `# Where Odoo itself keeps names, nobody else does.
kept_states = ('installed', 'to install', 'to upgrade', 'to remove')
addons = env['ir.module.module'].sudo().search([('name', 'in', modules), ('state', 'in', kept_states)]).mapped('name')

order_fields = ('client_order_ref', 'date_order', 'note', 'warehouse_id', 'pricelist_id', 'team_id')
line_fields = ('name', 'product_uom_qty', 'price_unit', 'discount')
address_fields = ('name', 'street', 'street2', 'city', 'zip', 'phone', 'email', 'country_id', 'state_id')
customer_fields = address_fields + ('ref', 'vat', 'is_company', 'company_name', 'comment')


def is_ours(name, beginnings):
    """Whether an external id is one of the kinds that this action writes."""
    module, dot, rest = name.partition('.')
    return module in modules and module not in addons and '.' not in rest and rest.startswith(beginnings)


def has_only(values, fields):
    for field in values:
        if field not in fields:
            return False
    return True


def is_allowed(order):
    """Whether every name that an order brings is ours to give, and every field one that an order of a channel has."""
    if not is_ours(order['id'], 'order_') or not has_only(order['values'], order_fields):
        return False
    for line in order['lines']:
        if not line['id'].startswith(order['id'] + '_') or not has_only(line['values'], line_fields):
            return False
    for part in order['parts']:
        for name in part['names']:
            if not name.startswith(order['id'] + '_'):
                return False
    for use in ('invoice', 'shipping'):
        address = order[use]
        if not address:
            continue
        if address['type'] not in ('invoice', 'delivery') or not address['key'].isalnum():
            return False
        if not has_only(address['values'], address_fields):
            return False
    customer = order['customer']
    if 'find' not in customer:
        return True
    for delivery in customer['deliveries']:
        if not has_only(delivery['values'], address_fields):
            return False
    return is_ours(customer['id'], ('account_', 'customer_')) and has_only(customer['values'], customer_fields)


def names_of(names, domain):
    """What stands under external ids."""
    by_module = {}
    for name in names:
        module, dot, rest = name.partition('.')
        by_module.setdefault(module, []).append(rest)
    found = {}
    for module in by_module:
        where = [('module', '=', module), ('name', 'in', by_module[module])] + domain
        for row in ExternalId.sudo().search_read(where, ['name', 'res_id']):
            found[module + '.' + row['name']] = row['res_id']
    return found


def records_of(model, names):
    """Database ids of the external ids that stand for a record."""
    found = names_of(names, [('model', '=', model)])
    there = env[model].sudo().browse(list(found.values())).exists().ids
    known = {}
    for name in found:
        if found[name] in there:
            known[name] = found[name]
    return known


def name_records(names, records):
    """
    Gives records their external ids, and takes none from another record: what stood there when the transaction began is
    refused here, and what another transaction wrote since is a conflict, which Odoo tries again.
    """
    if len(set(names)) < len(names) or names_of(names, []):
        raise UserError('An external id of this order is there already.')
    data = []
    for name, record in zip(names, records):
        data.append({'xml_id': name, 'record': record, 'noupdate': True})
    ExternalId._update_xmlids(data)


`;
