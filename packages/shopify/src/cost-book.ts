import { costOf, entriesCost } from './costs.ts';
import { parseSelections, type Selections } from './selections.ts';
import type { Variables } from './variables.ts';

/** What documents cost: reckoned before their first answer, and what Shopify asked afterwards. */
export interface CostBook {
  /** A document, read once. */
  read(text: string, operationName: string | undefined): Selections;
  /** Of one way to send a document: its page sizes are a part of it. `learn` is for its answers. */
  of(text: string, selections: Selections, variables: Variables): KnownCost;
}
export interface KnownCost {
  readonly points: number;
  learn(requested: number): void;
}

/** Texts that are put together anew for every call must not pile up. */
const mostEntries = 500;

export function costBook(): CostBook {
  const read = bounded<Selections>();
  const costs = bounded<number>();
  return {
    read: (text, operationName) => {
      const key = `${operationName ?? ''}\n${text}`;
      return read.get(key) ?? read.set(key, parseSelections(text, operationName));
    },
    of(text, selections, variables) {
      const sizes = selections.pageVariables.map((name) => String(variables[name]));
      const entries = selections.kind === 'mutation' ? entriesCost(selections.fields, variables) : 0;
      const key = [selections.name ?? '', ...sizes, entries, text].join('\n');
      const points = costs.get(key) ?? costs.set(key, costOf(selections, variables));
      return { points, learn: (requested) => void costs.set(key, requested) };
    },
  };
}

function bounded<T>() {
  const entries = new Map<string, T>();
  return {
    get: (key: string) => entries.get(key),
    set(key: string, value: T): T {
      const [oldest] = entries.keys();
      if (entries.size >= mostEntries && oldest !== undefined && !entries.has(key)) entries.delete(oldest);
      entries.set(key, value);
      return value;
    },
  };
}
