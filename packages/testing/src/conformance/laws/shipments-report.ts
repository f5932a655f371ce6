import { shipmentStatuses, type Ref, type ShipmentStatus } from '@crossdock/core';
import { codeOf, holds, outcomeOf, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';
import { changingLaws, missingLaws } from './changing.ts';

type ReportTrial = Trial<'shipments.report'>;

export const shipmentsReportLaws = [
  ...changingLaws({
    operation: 'shipments.report',
    async prepare({ scenery, platform, clock }, number) {
      const scene = scenery['shipments.report'];
      const ref = await scene.traveling(platform, number);
      const report = { status: 'in-transit', at: hoursAgo(clock, 1), message: 'On its way.' } as const;
      return {
        change: async ({ shipments }, options) => (await shipments.report(ref, report, options)).id,
        answer: ref.id,
        state: async () => words(await scene.reportedAt(platform, ref)),
        wanted: words([report.at]),
      };
    },
  }),
  ...missingLaws({
    operation: 'shipments.report',
    subject: 'shipment',
    change: ({ shipments }, ref: Ref<'shipment'>, options) =>
      shipments.report(ref, { status: 'in-transit', at: '2026-11-20T09:30:00.000Z' }, options),
    sceneryOf: (scenery) => scenery['shipments.report'],
  }),
  law({
    id: 'shipments.report/one-status-at-one-moment-is-there-once',
    operations: ['shipments.report'],
    async check(trial) {
      const ref = await trial.scenery['shipments.report'].traveling(trial.platform, 1);
      const at = hoursAgo(trial.clock, 1);
      await tell(trial, ref, 'in-transit', at, 'key-1');
      await tell(trial, ref, 'in-transit', at, 'key-2');
      await tell({ ...trial, connector: trial.connect() }, ref, 'in-transit', at, 'key-3');
      await expectReported(trial, ref, [at], 'after one report came with three keys');
    },
  }),
  law({
    id: 'shipments.report/another-status-or-moment-is-another-report',
    operations: ['shipments.report'],
    async check(trial) {
      const ref = await trial.scenery['shipments.report'].traveling(trial.platform, 1);
      const [first, second] = [hoursAgo(trial.clock, 3), hoursAgo(trial.clock, 2)];
      const reports = [
        ['in-transit', first],
        ['out-for-delivery', first],
        ['in-transit', second],
        ['delivered', second],
      ] as const;
      for (const [status, at] of reports) await tell(trial, ref, status, at, `key-${status}-${at}`);
      const wanted = reports.map(([, at]) => at);
      await expectReported(trial, ref, wanted, 'after four reports');
    },
  }),
  law({
    id: 'shipments.report/every-status-is-told-or-refused',
    operations: ['shipments.report'],
    async check(trial) {
      const { connector, platform, scenery } = trial;
      const ref = await scenery['shipments.report'].traveling(platform, 1);
      const told: string[] = [];
      for (const [index, status] of shipmentStatuses.entries()) {
        const at = hoursAgo(trial.clock, shipmentStatuses.length - index);
        const options = { idempotencyKey: `key-${status}` };
        const ended = await outcomeOf(() => connector.shipments.report(ref, { status, at }, options));
        const code = ended.ok ? 'ok' : codeOf(ended.error);
        holds(ended.ok || refusals.has(code), `shipments.report of "${status}" was refused as "${code}".`);
        if (ended.ok) told.push(at);
        await expectReported(trial, ref, told, `after shipments.report of "${status}", which ended as "${code}"`);
      }
    },
  }),
] as const;

/** What a platform has no word for is no other word. */
const refusals: ReadonlySet<string> = new Set(['record.rejected', 'record.invalid', 'status.unmapped']);

async function tell(
  { connector }: ReportTrial,
  ref: Ref<'shipment'>,
  status: ShipmentStatus,
  at: string,
  idempotencyKey: string,
): Promise<void> {
  const what = `shipments.report of "${status}"`;
  const { id } = await succeeds(() => connector.shipments.report(ref, { status, at }, { idempotencyKey }), what);
  holds(id === ref.id, `${what} of "${ref.id}" answered "${id}".`);
}

async function expectReported(
  { scenery, platform }: ReportTrial,
  ref: Ref<'shipment'>,
  wanted: readonly string[],
  when: string,
): Promise<void> {
  const there = words(await scenery['shipments.report'].reportedAt(platform, ref));
  holds(there === words(wanted), `There are ${there} ${when}, and there should be ${words(wanted)}.`);
}

/** In whole seconds: carriers report no parts of one. */
function hoursAgo(clock: { now(): number }, hours: number): string {
  const seconds = Math.floor(clock.now() / 1_000) - hours * 3_600;
  return new Date(seconds * 1_000).toISOString();
}

function words(moments: readonly string[]): string {
  return `reports of ${moments
    .map((at) => new Date(at).toISOString())
    .toSorted()
    .join(', ')}`;
}
