// Orders a second, created and confirmed: ours in batches, odoo-await as its readme shows it, and a call for each record.
import { measure } from './contenders.ts';

export async function bench() {
  const { ours, awaited, naive, isReal } = await measure();
  const shown = [ours, awaited, naive].map(({ ordersPerSecond }) => ordersPerSecond.toFixed(1));
  console.log(
    `odoo.orders: ${shown.join(', ')} a second (ours, odoo-await, naive; ${isReal ? 'real server' : 'fake'})`,
  );
  const ratio = ours.ordersPerSecond / awaited.ordersPerSecond;
  return [{ id: 'odoo.orders', ratio, against: 'the orders a second of odoo-await', goal: '>=3', met: ratio >= 3 }];
}
