import { isCommerceError } from '@crossdock/core';
import { expect, it } from 'vitest';
import { reportAnswers } from '../src/feed-report.ts';
import { itemRefusals } from '../src/item-refusal.ts';
import type { ListingChange } from '../src/listing-change.ts';
import type { WireReport } from '../src/wire/feed.ts';

const refusal = itemRefusals({ system: 'amazon', operation: 'inventory.push', failed: 'was not set' });
const changes: readonly ListingChange[] = ['A', 'B', 'C'].map((sku) => ({
  sku,
  op: 'replace',
  attribute: 'fulfillment_availability',
  value: [],
}));

type Issue = WireReport['issues'][number];

/** What each of three messages is told by a report with these counts of processed, accepted and invalid. */
function answers(
  issues: readonly Partial<Issue>[],
  [messagesProcessed, messagesAccepted, messagesInvalid]: readonly [number, number, number],
  { isAborted = false, feedId = '7', errors }: { isAborted?: boolean; feedId?: string; errors?: number } = {},
): readonly string[] {
  const report: WireReport = {
    header: { sellerId: 'S', feedId },
    issues: issues.map((issue) => ({ severity: 'ERROR', message: 'No', code: '1', ...issue })),
    summary: {
      errors: errors ?? issues.filter(({ severity }) => severity === undefined || severity === 'ERROR').length,
      messagesProcessed,
      messagesAccepted,
      messagesInvalid,
    },
  };
  const feed = { feedId: '7', sellerId: 'S', isAborted };
  return reportAnswers(report, feed, changes, { refusal }).map((answer) =>
    isCommerceError(answer) ? answer.code : 'ok',
  );
}

const ok = 'ok';
const no = 'record.rejected';
const unknown = 'write.uncertain';

it('takes silence for yes where the counts say the same', () => {
  expect(answers([], [3, 3, 0])).toEqual([ok, ok, ok]);
  expect(answers([{ messageId: 2, sku: 'B' }], [3, 2, 1])).toEqual([ok, no, ok]);
});

it('counts a message once, however many issues it has', () => {
  expect(answers([{ messageId: 2 }, { messageId: 2 }, { sku: 'C' }], [3, 1, 2])).toEqual([ok, no, no]);
});

it('refuses nothing for a warning', () => {
  expect(answers([{ messageId: 2, severity: 'WARNING' }], [3, 3, 0])).toEqual([ok, ok, ok]);
});

it('takes silence for nothing where the counts say otherwise', () => {
  expect(answers([], [3, 2, 1])).toEqual([unknown, unknown, unknown]);
  expect(answers([], [3, 3, 1])).toEqual([unknown, unknown, unknown]);
  expect(answers([{ messageId: 2 }], [2, 1, 1])).toEqual([unknown, no, unknown]);
  expect(answers([{ messageId: 9 }], [3, 2, 1])).toEqual([unknown, unknown, unknown]);
});

it('refuses all for what is wrong with the file, where nothing of it was done', () => {
  expect(answers([{}], [0, 0, 0])).toEqual([no, no, no]);
  expect(answers([{}], [0, 0, 0], { isAborted: true })).toEqual([no, no, no]);
  expect(answers([{}], [3, 2, 1])).toEqual([unknown, unknown, unknown]);
});

it('knows of an aborted feed only what it names', () => {
  expect(answers([{ messageId: 1 }], [3, 2, 1], { isAborted: true })).toEqual([no, unknown, unknown]);
  expect(answers([], [3, 3, 0], { isAborted: true })).toEqual([unknown, unknown, unknown]);
});

it("believes no other feed's report", () => {
  expect(answers([], [3, 3, 0], { feedId: '8' })).toEqual([unknown, unknown, unknown]);
});

it('takes silence for nothing where an error belongs to no message, or to two', () => {
  expect(answers([{ messageId: 99 }], [3, 3, 0])).toEqual([unknown, unknown, unknown]);
  expect(answers([{ sku: 'Z' }], [3, 3, 0])).toEqual([unknown, unknown, unknown]);
  expect(answers([{}], [3, 3, 0])).toEqual([unknown, unknown, unknown]);
  expect(answers([{ messageId: 1 }, { messageId: 99 }], [3, 2, 1])).toEqual([no, unknown, unknown]);
});

it('believes no error whose number and SKU name two messages', () => {
  expect(answers([{ messageId: 1, sku: 'B' }], [3, 2, 1])).toEqual([unknown, unknown, unknown]);
  expect(answers([{ messageId: 1, sku: 'B' }, { messageId: 3 }], [3, 1, 2])).toEqual([unknown, unknown, no]);
});

it('takes a severity that nobody knows for no yes', () => {
  expect(answers([{ messageId: 1, severity: 'FATAL' }], [3, 3, 0])).toEqual([unknown, unknown, unknown]);
  expect(answers([{ severity: 'FATAL' }], [3, 3, 0])).toEqual([unknown, unknown, unknown]);
  expect(answers([{}, { severity: 'FATAL' }], [0, 0, 0])).toEqual([unknown, unknown, unknown]);
  expect(answers([{ messageId: 1, severity: 'INFO' }], [3, 3, 0])).toEqual([ok, ok, ok]);
});

it('counts the errors that the report says it has', () => {
  expect(answers([], [3, 3, 0], { errors: 1 })).toEqual([unknown, unknown, unknown]);
  expect(answers([{ messageId: 2 }], [3, 2, 1], { errors: 0 })).toEqual([unknown, no, unknown]);
  expect(answers([{ messageId: 2 }], [3, 2, 1], { errors: 2 })).toEqual([unknown, no, unknown]);
});
