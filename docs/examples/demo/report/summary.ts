import type { ErrorCode, ExceptionRecord } from '@crossdock/core';
import type { Background, Held, Outcome } from './outcome.ts';

/** What a person reads at the end. */
export function summary(outcome: Outcome, background: Background): string {
  const { orders, exceptions, money } = outcome;
  const held = Object.values(exceptions).reduce((sum, count) => sum + count, 0);
  return [
    '',
    `${outcome.input.lines.toLocaleString('en-GB')} till lines, ${outcome.input.invoices} invoices, ${background.virtualHours} hours of trade in ${outcome.seconds} s`,
    '',
    `  captured   ${number(orders.captured)}  orders that the three channels took: ${each(outcome.channels)}`,
    `  created    ${number(orders.created)}  sales orders in Odoo`,
    `  shipped    ${number(orders.shipped)}  left the warehouse`,
    `  confirmed  ${number(orders.confirmed)}  with tracking at the channel, booked out in Odoo`,
    `  cancelled  ${number(orders.cancelled)}  cancellations that stopped the warehouse in time`,
    `  held       ${number(held)}  wait for a person`,
    `  away       ${number(outcome.turnedAway.invoices)}  found their shelves empty`,
    '',
    `  £${money.in} in = £${money.booked} booked + £${money.held} held`,
    `  duplicates ${outcome.duplicates}, lost ${outcome.lost}, oversold ${outcome.oversold}, worker killed and restarted ${outcome.restarts} time(s)`,
    `  ${outcome.turnedAway.units.toLocaleString('en-GB')} units were wanted that no shelf showed any more; the shelves show together what Odoo has left`,
    `  messages: ${Object.entries(background.weather)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ')}`,
    '',
    'What waits, and why, with the call that your program makes when the reason is gone',
    ...queues(background.held),
    '',
    'Calls',
    ...background.calls.map(
      ({ system, calls, refused, quota }) =>
        `  ${system.padEnd(11)} ${number(calls)} calls, ${refused} refused, ${quota}`,
    ),
    '',
  ].join('\n');
}

function each(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

function queues(held: readonly Held[]): readonly string[] {
  const byCategory = Map.groupBy(held, ({ record }) => record.category);
  const rows = [...byCategory].toSorted(([, one], [, other]) => other.length - one.length);
  return rows.flatMap(([category, members]) => [
    `  ${category} (${members.length})`,
    ...members.slice(0, 2).flatMap(({ record }) => [`    ${record.message}`, `      ${wayOn(record)}`]),
  ]);
}

/** Done by hand elsewhere: a replay would only come to the same end. Everything else is corrected and then replayed. */
const byHand: ReadonlySet<ErrorCode> = new Set(['stock.unconfirmed', 'record.missing', 'cancel.refused']);

/** What a person's program calls once the reason is gone. */
function wayOn({ id, code }: ExceptionRecord): string {
  return byHand.has(code)
    ? `then: hub.exceptions.resolve('${id}', { by: 'you', note: 'what you did' })`
    : `then: hub.exceptions.replay('${id}', { by: 'you' })`;
}

function number(value: number): string {
  return value.toLocaleString('en-GB').padStart(5);
}
