import { createHash } from 'node:crypto';
import { defineOwnership, eventsOfOrder, type Order, type Random, type Stores } from '@crossdock/core';
import { compose } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { seededRandom } from '@crossdock/testing';
import { simulatedClock, type SimulatedClock } from './clock.ts';
import { connectorsOf, type CallFate } from './connectors.ts';
import { confirmShipment, placeOrder, showOrder } from './flows.ts';
import { gatedStores } from './gated-stores.ts';
import { pick, schedule, type Schedule } from './schedule.ts';
import { newWorld, orderOf, type World } from './world.ts';

/** What one seed did, and what it left. */
export interface Simulated {
  readonly seed: number;
  /** Every step in its order: the same for the same seed, byte for byte. */
  readonly trace: readonly string[];
  readonly world: World;
  readonly stores: Stores;
  readonly crashes: number;
  /** What must never happen and did, at any moment; empty when all is well. */
  readonly broken: readonly string[];
  /** What did not come to its end after the faults had stopped; empty when all is well. */
  readonly stuck: readonly string[];
}

/** How large a simulation is. */
export interface SimulationSize {
  /** Default 3. */
  readonly orders?: number | undefined;
  /** Processes that share the stores. Default 2. */
  readonly processes?: number | undefined;
  /** Steps with faults, before everything has to come to its end. Default 300. */
  readonly steps?: number | undefined;
  /** Makes the stores worse than they are, to see that it is found. */
  readonly worsen?: ((stores: Stores) => Stores) | undefined;
  /** Sends without the look at the fence, to see that it is found. */
  readonly unfenced?: boolean | undefined;
}

const leaseMs = 9_000;
/** Steps of the others while a process stands still. */
const shortPause = 20;
const longPause = 200;
/** Enough for everything to come to its end many times over. */
const longestCalm = 20_000;

/**
 * One seeded run: orders are placed and changed, webhooks come late, twice or never, processes stand still, die and start
 * again, calls fail before or after they did something, time jumps. Then the faults stop, and everything has to come to its
 * end. Safety is looked at after every step, liveness at the end.
 */
export async function simulate(seed: number, size: SimulationSize = {}): Promise<Simulated> {
  const restore = withoutThreads();
  try {
    return await simulated(seed, size);
  } finally {
    restore();
  }
}

async function simulated(
  seed: number,
  { orders = 3, processes = 2, steps = 300, worsen = (stores) => stores, unfenced = false }: SimulationSize,
): Promise<Simulated> {
  const random = seededRandom(seed);
  const clock = simulatedClock('2026-11-01T00:00:00.000Z');
  const plan = schedule(clock);
  const stores = worsen(memoryStores({ clock }));
  const world = newWorld();
  const faults = { on: true };
  const fleet = startFleet({ plan, stores, world, clock, random, faults, processes, unfenced });
  const broken: string[] = [];

  for (let step = 0; step < steps; step++) {
    await act(fleet, orders);
    broken.push(...brokenBy(world));
    if (broken.length > 0) break;
  }
  faults.on = false;
  let calm = 0;
  while (calm < longestCalm && broken.length === 0 && !(await isOver(fleet, stores))) {
    calm++;
    await actCalmly(fleet);
    broken.push(...brokenBy(world));
  }
  const stuck = calm < longestCalm ? await unfinished(world, stores) : ['It does not come to an end.'];
  return { seed, trace: plan.trace, world, stores, crashes: fleet.crashes(), broken, stuck };
}

type Fleet = ReturnType<typeof startFleet>;

function startFleet({
  plan,
  stores,
  world,
  clock,
  random,
  faults,
  processes,
  unfenced,
}: {
  readonly plan: Schedule;
  readonly stores: Stores;
  readonly world: World;
  readonly clock: SimulatedClock;
  readonly random: Random;
  readonly faults: { on: boolean };
  readonly processes: number;
  readonly unfenced: boolean;
}) {
  let last = 0;
  let crashes = 0;
  let deliveries = 0;
  const errors: string[] = [];
  const fateOf = (): CallFate => {
    const chance = faults.on ? random() : 1;
    return chance < 0.06 ? 'unreachable' : chance < 0.12 ? 'lost-answer' : 'well';
  };
  const start = () => {
    const id = ++last;
    const own = clock.process();
    const hub = compose({
      systems: connectorsOf(world, id, plan, { fateOf, unfenced }),
      flows: [placeOrder, showOrder, confirmShipment],
      ownership: defineOwnership({
        'order.status': 'erp',
        'order.lines': 'shop',
        'stock.available': 'erp',
        'product.price': 'erp',
        'product.content': 'shop',
        'shipment.tracking': 'warehouse',
      }),
      stores: gatedStores(stores, id, plan),
      clock: own,
      random,
      leaseMs,
      retryDelayMs: 1_000,
      settleMs: 2_000,
    });
    return { id, own, hub, busy: new Set<string>(), stands: 0 };
  };
  const live = Array.from({ length: processes }, start);

  return {
    plan,
    world,
    clock,
    random,
    live,
    errors,
    crashes: () => crashes,
    /** Begins something in a process unless the same is under way there. */
    begin(process: (typeof live)[number], what: string, work: () => Promise<unknown>): void {
      if (process.busy.has(what)) return;
      process.busy.add(what);
      plan.note(`${process.id} begins ${what}`);
      void work()
        .catch((error: unknown) => errors.push(`${what}: ${String(error)}`))
        .then(() => process.busy.delete(what));
    },
    crash(process: (typeof live)[number]): void {
      crashes++;
      plan.note(`${process.id} dies`);
      plan.forget(process.id);
      process.own.die();
      live.splice(live.indexOf(process), 1, start());
    },
    buy(number: string): void {
      world.orders.set(number, { version: 1, updatedAt: new Date(clock.now()).toISOString() });
      this.post(number);
    },
    change(number: string): void {
      // Two states of one moment could not be told apart.
      clock.advance(1);
      const before = world.orders.get(number);
      world.orders.set(number, { version: (before?.version ?? 0) + 1, updatedAt: new Date(clock.now()).toISOString() });
      this.post(number);
    },
    post(number: string): void {
      world.posted.push({ delivery: `d${++deliveries}`, body: JSON.stringify(orderOf(world, number)) });
    },
  };
}

/** One step with faults. */
async function act(fleet: Fleet, orders: number): Promise<void> {
  const { plan, world, clock, random, live } = fleet;
  const going = plan.waiting.filter(({ process }) => !live.some(({ id, stands }) => stands > 0 && id === process));
  const chance = random();
  const process = pick(random, live);
  if (process === undefined) return;
  for (const each of live) each.stands = Math.max(0, each.stands - 1);
  const sending = going.find(({ label }) => label.startsWith('send'));
  if (sending && random() < 0.4) {
    // The worst moment to stand still: it has looked, and others may look while it stands.
    for (const each of live) if (each.id === sending.process) each.stands = longPause;
    plan.note(`${sending.process} stands still before ${sending.label}, time goes on by ${3 * leaseMs}`);
    clock.advance(3 * leaseMs);
  } else if (chance < 0.75 && going.length > 0) {
    const one = pick(random, going);
    if (one) await plan.letGo(one);
  } else if (chance < 0.775) {
    if (world.orders.size < orders) fleet.buy(`${world.orders.size + 1}`);
    else fleet.change(pick(random, [...world.orders.keys()]) ?? '1');
  } else if (chance < 0.82) {
    deliver(fleet, process);
  } else if (chance < 0.835) {
    fleet.crash(process);
  } else if (chance < 0.845) {
    process.stands = shortPause;
    plan.note(`${process.id} stands still`);
  } else if (chance < 0.88) {
    const ms = pick(random, [10, 1_000, 3_000, leaseMs, 3 * leaseMs]) ?? 0;
    plan.note(`time goes on by ${ms}`);
    clock.advance(ms);
  } else {
    beginWork(fleet, process, pick(random, ['work', 'work', 'work', 'orders', 'shipments']) ?? 'work');
  }
  await plan.settle();
}

function beginWork(fleet: Fleet, process: Fleet['live'][number], what: string): void {
  const { hub } = process;
  const jobs: Readonly<Record<string, () => Promise<unknown>>> = {
    work: () => hub.work({ concurrency: 3 }),
    orders: () => hub.poll('shop', 'orders.pull'),
    shipments: () => hub.poll('warehouse', 'shipments.pull'),
  };
  const job = jobs[what];
  if (job) fleet.begin(process, what, job);
}

/** One of the posted deliveries, which is then over, stays to come again, or never came. */
function deliver(fleet: Fleet, process: Fleet['live'][number]): void {
  const { world, random, plan } = fleet;
  const one = pick(random, world.posted);
  if (one === undefined) return;
  const fate = random();
  if (fate > 0.3) world.posted.splice(world.posted.indexOf(one), 1);
  if (fate > 0.85) {
    plan.note(`delivery ${one.delivery} is lost`);
    return;
  }
  fleet.begin(process, `receive ${one.delivery}`, () => receive(world, process, one));
}

async function receive(
  world: World,
  { hub }: Fleet['live'][number],
  { delivery, body }: World['posted'][number],
): Promise<void> {
  const request = new Request('https://hub.example/shop', { method: 'POST', headers: { delivery }, body });
  const answer = await hub.receive('shop', request);
  if (answer.status !== 200) throw new Error(`The delivery was answered with ${answer.status}.`);
  // The body is the order as it was posted.
  for (const { id, type } of eventsOfOrder(JSON.parse(body) as Order)) {
    if (type === 'order.updated') world.acknowledged.add(id);
  }
}

/** One step without faults: whatever waits goes on, else something is begun, else time goes on. */
async function actCalmly(fleet: Fleet): Promise<void> {
  const { plan, world, clock, live, random } = fleet;
  for (const process of live) process.stands = 0;
  const one = pick(random, plan.waiting);
  const [process] = live;
  const [posted] = world.posted;
  if (one) await plan.letGo(one);
  else if (posted && process) {
    world.posted.splice(0, 1);
    fleet.begin(process, `receive ${posted.delivery}`, () => receive(world, process, posted));
  } else {
    clock.advance(Math.max(1, Math.min(clock.nextInMs ?? 1_000, 60_000)));
    for (const each of live) for (const what of ['orders', 'shipments', 'work']) beginWork(fleet, each, what);
  }
  await plan.settle();
}

/** Nothing waits, nothing is under way, and whatever is left waits for a person. */
async function isOver({ plan, world, live }: Fleet, stores: Stores): Promise<boolean> {
  if (plan.waiting.length > 0 || world.posted.length > 0 || live.some(({ busy }) => busy.size > 0)) return false;
  const { ready, waiting, running, parked } = await stores.jobs.counts('integration');
  const behind = parked > 0 ? waiting : 0;
  if (ready > 0 || running > 0 || waiting > behind) return false;
  return (await unfinished(world, stores)).length === 0;
}

/** Two of anything, or an older version shown after a newer one. */
function brokenBy({ created, released, confirmed, shown }: World): readonly string[] {
  const twice = Object.entries({ created, released, confirmed }).flatMap(([what, records]) =>
    [...records].flatMap(([number, keys]) =>
      keys.length > 1 ? [`Order ${number} was ${what} ${keys.length} times.`] : [],
    ),
  );
  const back = [...shown].flatMap(([number, versions]) =>
    versions.some((version, index) => version < (versions[index - 1] ?? 0))
      ? [`Order ${number} was shown as ${versions.join(', ')}.`]
      : [],
  );
  return [...twice, ...back];
}

/** Orders that are neither done nor before a person. */
async function unfinished(
  { orders, created, released, confirmed, shown, acknowledged }: World,
  stores: Stores,
): Promise<string[]> {
  const open = await stores.exceptions.list({ state: 'open', limit: 1_000 });
  // Nothing here is anybody's mistake: only what nobody can know may be before a person.
  const unasked = open.filter(({ category }) => category !== 'uncertain');
  const forgotten: string[] = [];
  for (const id of acknowledged) {
    if ((await stores.runs.get(`show-order/${id}`)) === undefined) forgotten.push(`Nobody worked on ${id}.`);
  }
  const wrong = [...forgotten, ...unasked.map(({ code, message }) => `${code}: ${message}`)];
  const left = [...orders].flatMap(([number, { version }]) => {
    const isHeld = (flow: string) =>
      open.some((exception) => exception.flow === flow && JSON.stringify(exception.refs).includes(`"${number}"`));
    const problems: string[] = [];
    if (!created.has(number) && !isHeld('place-order')) problems.push(`Order ${number} was not created.`);
    if (!released.has(number) && !isHeld('place-order')) problems.push(`Order ${number} was not released.`);
    if (!confirmed.has(number) && !isHeld('place-order') && !isHeld('confirm-shipment')) {
      problems.push(`Order ${number} was not confirmed.`);
    }
    if (shown.get(number)?.at(-1) !== version && !isHeld('show-order')) {
      problems.push(`Order ${number} is shown as ${shown.get(number)?.at(-1)} and is ${version}.`);
    }
    return problems;
  });
  return [...wrong, ...left];
}

/** WebCrypto hashes on threads, which end in any order; here the same hash is there at once. */
function withoutThreads(): () => void {
  const { subtle } = globalThis.crypto;
  const own = subtle.digest.bind(subtle);
  subtle.digest = async (algorithm, data) => {
    if (algorithm !== 'SHA-256') return own(algorithm, data);
    const bytes = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data);
    return new Uint8Array(createHash('sha256').update(bytes).digest()).buffer;
  };
  return () => {
    Reflect.deleteProperty(subtle, 'digest');
  };
}
