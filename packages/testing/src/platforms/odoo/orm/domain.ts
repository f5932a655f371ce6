import type { Json } from '@crossdock/core';
import { refuseNul, repr, valueError } from './python-error.ts';

/** A domain in tree form. */
export type Domain =
  | { readonly kind: 'all'; readonly of: readonly Domain[] }
  | { readonly kind: 'any'; readonly of: readonly Domain[] }
  | { readonly kind: 'not'; readonly of: Domain }
  | { readonly kind: 'leaf'; readonly field: string; readonly operator: string; readonly value: Json }
  | { readonly kind: 'constant'; readonly value: boolean };

const operators = new Set(
  '=,!=,<>,==,>,>=,<,<=,=?,in,not in,like,not like,ilike,not ilike,=like,=ilike,not =like,not =ilike,child_of,parent_of,any,not any'.split(
    ',',
  ),
);

/** Reads the prefix notation: `&` and `|` take two terms, `!` takes one, what stands alone is joined by `&`. */
export function parseDomain(items: Json): Domain {
  if (!Array.isArray(items)) throw valueError(`Domain() invalid item in domain: ${repr(items)}`);
  const stack: Domain[] = [];
  // Read backwards, an operator always finds its terms ready on the stack.
  for (const item of items.toReversed()) {
    if (item === '&' || item === '|' || item === '!') stack.push(join(item, stack));
    else stack.push(leaf(item));
  }
  return { kind: 'all', of: stack.toReversed() };
}

function join(operator: '&' | '|' | '!', stack: Domain[]): Domain {
  const first = stack.pop();
  if (operator === '!') {
    if (!first) throw valueError("Domain() missing term after '!'");
    return { kind: 'not', of: first };
  }
  const second = stack.pop();
  if (!first || !second) throw valueError(`Domain() missing terms after ${repr(operator)}`);
  return { kind: operator === '&' ? 'all' : 'any', of: [first, second] };
}

function leaf(item: Json): Domain {
  if (!Array.isArray(item) || item.length !== 3) throw valueError(`Domain() invalid item in domain: ${repr(item)}`);
  const [field, operator, value] = item;
  if (typeof operator !== 'string' || !operators.has(operator.toLowerCase())) {
    throw valueError(`Invalid operator in condition (${repr(field)}, ${repr(operator)}, ${repr(value)})`);
  }
  if ((field === 1 || field === 0) && operator === '=') return { kind: 'constant', value: field === value };
  if (typeof field !== 'string') throw valueError(`Domain() invalid item in domain: ${repr(item)}`);
  refuseNul(value);
  return { kind: 'leaf', field, operator: operator.toLowerCase(), value };
}

/** Whether any condition speaks of that field itself. */
export function mentions(domain: Domain, field: string): boolean {
  switch (domain.kind) {
    case 'all':
    case 'any':
      return domain.of.some((part) => mentions(part, field));
    case 'not':
      return mentions(domain.of, field);
    case 'leaf':
      return domain.field === field;
    case 'constant':
      return false;
  }
}
