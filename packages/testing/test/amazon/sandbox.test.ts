import { describe, expect, it } from 'vitest';
import { sandboxExceptions } from './sandbox-exceptions.ts';
import { answerTo, sandboxCases } from './sandbox-world.ts';

/** Drawn by whoever answers, or said in words of its own: there has to be one, whichever. */
const anyValue =
  /(^|\.)(orderItemId|asin|submissionId|feedId|feedDocumentId|url|destinationId|subscriptionId|details|message|nextToken|storeName)$/;

/** Where an answer says something else than the sandbox, or nothing. What it says besides is held against the model. */
function differences(recorded: unknown, answered: unknown, path = ''): string[] {
  if (recorded === null) return [];
  if (Array.isArray(recorded)) {
    if (!Array.isArray(answered)) return [path];
    const ownLength = recorded.length === answered.length ? [] : [`${path}.length`];
    return [...ownLength, ...recorded.flatMap((part, index) => differences(part, answered[index], `${path}[]`))];
  }
  if (typeof recorded === 'object' && recorded !== null) {
    if (typeof answered !== 'object' || answered === null) return [path];
    return Object.entries(recorded).flatMap(([name, part]) =>
      differences(part, (answered as Record<string, unknown>)[name], path === '' ? name : `${path}.${name}`),
    );
  }
  if (anyValue.test(path)) return typeof recorded === typeof answered ? [] : [path];
  const isMoment = typeof recorded === 'string' && /^\d{4}-\d\d-\d\dT/.test(recorded);
  const isSame = isMoment ? Date.parse(recorded) === Date.parse(String(answered)) : recorded === answered;
  return isSame ? [] : [path];
}

describe('Amazon’s static sandbox', () => {
  it.each(sandboxCases.map((sandbox) => [sandbox.id, sandbox] as const))('answers as %s', async (id, sandbox) => {
    const answer = await answerTo(sandbox);
    const found = new Set([
      ...(answer.status === sandbox.status ? [] : ['status']),
      ...(answer.status === sandbox.status ? differences(sandbox.response, answer.body ?? {}) : []),
    ]);
    // Whoever mends one of these takes its line away.
    expect([...found].toSorted()).toEqual(Object.keys(sandboxExceptions[id] ?? {}).toSorted());
  });

  it('has every case that an exception is made for', () => {
    const ids = new Set(sandboxCases.map(({ id }) => id));
    expect(Object.keys(sandboxExceptions).filter((id) => !ids.has(id))).toEqual([]);
  });
});
