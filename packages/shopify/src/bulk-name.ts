import { CommerceError } from '@crossdock/core';
import { tokenPattern } from './selections.ts';

/** The same document with its one mutation under this name, whatever stands before it. Throws `options.invalid` for others. */
export function mutationNamed(text: string, name: string, system: string, operation: string): string {
  const [found, ...others] = operationsIn(text);
  if (found?.kind === 'mutation' && others.length === 0) {
    return `${text.slice(0, found.nameFrom)} ${name}${text.slice(found.nameTo)}`;
  }
  const has = found && others.length === 0 ? `is a ${found.kind}` : `has ${found ? others.length + 1 : 0} operations`;
  throw new CommerceError({
    code: 'options.invalid',
    system,
    operation,
    message: `\`${operation}\` was not sent to "${system}": its document ${has}. Pass one mutation.`,
  });
}

interface Definition {
  readonly kind: string;
  /** Where the name is, with the blanks before it; nothing where it has none. */
  readonly nameFrom: number;
  nameTo: number;
}

function operationsIn(text: string): readonly Definition[] {
  const found: Definition[] = [];
  let depth = 0;
  let isOpen = false;
  /** The operation whose word was the token before. */
  let unnamed: Definition | undefined;
  for (const { 0: token, index } of text.matchAll(tokenPattern)) {
    if (/^[#"]/.test(token)) continue;
    if (unnamed && /^[A-Za-z_]/.test(token)) unnamed.nameTo = index + token.length;
    unnamed = undefined;
    if (!isOpen) {
      isOpen = true;
      const kind = token === '{' ? 'query' : token;
      const end = index + token.length;
      if (/^(query|mutation|subscription)$/.test(kind)) found.push((unnamed = { kind, nameFrom: end, nameTo: end }));
    }
    if (/^[([{]$/.test(token)) depth += 1;
    if (/^[)\]}]$/.test(token)) depth -= 1;
    if (depth === 0 && token === '}') isOpen = false;
  }
  return found;
}
