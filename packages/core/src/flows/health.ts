import type { ConnectorBase } from '../connector/connector.ts';
import type { Json } from '../model/json.ts';
import type { DeliveryHealth, DeliveryState } from './delivery-health.ts';
import type { Parts } from './parts.ts';
import { pulls, type PullOperation } from './pulls.ts';
import { readPlace, sweepName } from './sweep-place.ts';
import { tell } from './tell.ts';

/** Whether a system tells by webhook or by queue. */
export function deliversTo(connector: ConnectorBase | undefined): boolean {
  return connector !== undefined && (connector.can('webhooks.verify') || connector.can('notifications.read'));
}

/** Looks how the deliveries of one system, or of all, come in, and tells when that got worse or better since the last look. */
export async function health(parts: Parts, only?: string): Promise<readonly DeliveryHealth[]> {
  const all: DeliveryHealth[] = [];
  for (const [system, connector] of Object.entries(parts.systems)) {
    if ((only !== undefined && only !== system) || !deliversTo(connector)) continue;
    const found = await healthOf(parts, system, connector);
    await tellChange(parts, found);
    all.push(found);
  }
  return all;
}

async function healthOf(parts: Parts, system: string, connector: ConnectorBase): Promise<DeliveryHealth> {
  const deliveredAt = await parts.stores.inbox.latest(system);
  let sweptAt: string | undefined;
  let missed = 0;
  for (const operation of Object.keys(pulls) as PullOperation[]) {
    const place = connector.can(operation)
      ? readPlace(await parts.stores.cursors.read(sweepName(system, operation)))
      : undefined;
    missed += place?.untold?.count ?? 0;
    const at = place?.last?.at;
    if (at !== undefined && (sweptAt === undefined || at > sweptAt)) sweptAt = at;
  }
  return { system, state: stateOf(parts, { system, deliveredAt, missed }), deliveredAt, sweptAt, missed };
}

function stateOf(
  { clock, silentAfterMs }: Parts,
  { system, deliveredAt, missed }: Pick<DeliveryHealth, 'system' | 'deliveredAt' | 'missed'>,
): DeliveryState {
  if (missed > 0) return 'missing';
  if (deliveredAt === undefined) return 'never';
  return clock.now() - Date.parse(deliveredAt) > silentAfterMs(system) ? 'silent' : 'delivering';
}

/** Of several processes that look at once, one tells. */
async function tellChange(parts: Parts, found: DeliveryHealth): Promise<void> {
  const { system, state } = found;
  const before = await parts.stores.shared.update(`health/${system}`, (kept: Json | undefined) => ({
    ...(kept !== state && { next: state }),
    result: kept,
  }));
  if (before === state) return;
  if (state === 'missing') tell(parts.signals, 'webhooks.missed', found);
  if (state === 'silent') tell(parts.signals, 'webhooks.silent', found);
  if (state === 'delivering' && (before === 'missing' || before === 'silent')) {
    tell(parts.signals, 'webhooks.recovered', found);
  }
}
