// How many questions an order takes: ours in batches, odoo-await as its readme shows it, and a call for each record.
import { measure } from './contenders.ts';

export async function bench() {
  const { ours, awaited, naive, isReal } = await measure();
  const shown = [ours, awaited, naive].map(({ tripsPerOrder }) => tripsPerOrder.toFixed(2));
  console.log(
    `odoo.roundtrips: ${shown.join(', ')} an order (ours, odoo-await, naive; ${isReal ? 'real server' : 'fake'})`,
  );
  const ratio = awaited.tripsPerOrder / ours.tripsPerOrder;
  return [{ id: 'odoo.roundtrips', ratio, against: 'the round trips of odoo-await', goal: '>=5', met: ratio >= 5 }];
}
