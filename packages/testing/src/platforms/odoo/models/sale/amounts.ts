import { isVals, link, list, num, rowOf, rowsWhere, schedule, store, str, type Env } from '../../orm/env.ts';
import { roundTo } from '../decimal.ts';
import type { Row } from '../../orm/database.ts';
import { amountsOf, totalTax, totalUntaxed, type TaxedLine } from '../tax-math.ts';

/** Works out the amounts of an order later, once for all of its lines. */
export function refreshAmountsLater(env: Env, order: number): void {
  schedule(env, `sale.order:${order}:amounts`, () => {
    const row = env.db.row('sale.order', order);
    if (!row) return;
    const lines = rowsWhere(env, 'sale.order.line', 'order_id', order).filter(
      (line) => line['display_type'] === undefined,
    );
    const currency = num(row, 'currency_id');
    const amounts = lines.map((line) => amountsOf(env, taxedLine(env, line, currency)));
    const rounding = str(rowOf(env, 'res.company', link(row, 'company_id') ?? 1), 'tax_calculation_rounding_method');
    const tax = totalTax(amounts, rounding);
    const untaxed = totalUntaxed(amounts, tax);
    store(env, 'sale.order', row, {
      amount_untaxed: untaxed,
      amount_tax: tax,
      amount_total: roundTo(untaxed + tax, 2),
    });
  });
}

/** What a line is taxed on. */
export function taxedLine(env: Env, line: Row, currency: number): TaxedLine {
  const manual = line['extra_tax_data'];
  return {
    price: num(line, 'price_unit'),
    discount: num(line, 'discount'),
    quantity: num(line, 'product_uom_qty'),
    currency,
    taxes: list(line, env.names.lineTaxes),
    manual: isVals(manual) ? manual : undefined,
  };
}
