import { readFileSync } from 'node:fs';

interface SampleRefusal {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

/** What WooCommerce answered, by the name of the recording. See samples/SOURCES.md. */
export const sampleOrders = new Map(
  linesOf<{ readonly name: string; readonly body: Record<string, unknown> }>('orders.jsonl').map((line) => [
    line.name,
    line.body,
  ]),
);
export const sampleRefusals = linesOf<SampleRefusal>('refusals.jsonl');
export const sampleRefunds = jsonOf('refund-list.json') as readonly unknown[];
export const sampleDelivery = jsonOf('delivery.json') as {
  readonly headers: Record<string, string>;
  readonly body: string;
};

function linesOf<T>(file: string): T[] {
  const lines = textOf(file).trim().split('\n');
  return lines.map((line) => JSON.parse(line) as T);
}

function jsonOf(file: string): unknown {
  return JSON.parse(textOf(file));
}

function textOf(file: string): string {
  return readFileSync(new URL(`samples/${file}`, import.meta.url), 'utf8');
}
