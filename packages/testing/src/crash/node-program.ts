import { processClock, type ProcessClock } from './clock.ts';
import { gate } from './gate.ts';
import { gatedFetch } from './gated-fetch.ts';
import { injector } from './injector.ts';
import type { FromProgram, ToProgram } from './messages.ts';
import { startProgram, type Program } from './program.ts';
import type { CrashWorld } from './world.ts';

type Begin = Extract<ToProgram, { say: 'begin' }>;

/** Runs the program of a world in this process, which is killed where it is told to be. */
export function serveProgram(world: CrashWorld<never>): void {
  let running: { readonly program: Program; readonly clock: ProcessClock } | undefined;
  process.on('message', (message: ToProgram) => {
    answer(message).catch((error: unknown) => {
      tell({ say: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    });
  });
  process.on('disconnect', () => process.exit(0));
  tell({ say: 'ready' });

  async function answer(message: ToProgram): Promise<void> {
    switch (message.say) {
      case 'begin':
        running = await begun(world, message);
        return tell({ say: 'begun' });
      case 'ask': {
        if (!running) throw new Error('It was asked before it had begun.');
        running.clock.goOnTo(message.now);
        return tell({ say: 'answer', answer: await running.program.ask(message.ask) });
      }
      case 'time':
        return running?.clock.goOnTo(message.now);
      case 'end':
        running?.clock.stop();
        await running?.program.close();
        running = undefined;
        return tell({ say: 'ended' });
    }
  }
}

async function begun(
  world: CrashWorld<never>,
  { store, place, now, plan, doors }: Begin,
): Promise<{ readonly program: Program; readonly clock: ProcessClock }> {
  const made = world.stores[store];
  if (made?.live !== 'at-place') throw new Error(`There are no stores "${store}" that another process could open.`);
  const door = gate(injector(plan), () => process.kill(process.pid, 'SIGKILL'));
  const clock = processClock(
    now,
    () => door.open > 0,
    (nextAt) => tell({ say: 'idle', nextAt }),
  );
  const receivers = new Map(
    Object.entries(doors).map(([origin, { system, url }]) => [
      origin,
      { system, send: (request: Request) => sent(request, url) },
    ]),
  );
  const fetch = gatedFetch(door, receivers, ({ message }) => tell({ say: 'failed', message }));
  const stores = await made.open(place, clock);
  return { program: await startProgram(world, stores, door, clock, fetch), clock };
}

/** The same request at the door of its platform. */
async function sent(request: Request, door: string): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const { method, headers, signal } = request;
  const body = request.body === null ? null : await request.arrayBuffer();
  return fetch(`${door}${pathname}${search}`, { method, headers, signal, body });
}

function tell(message: FromProgram): void {
  if (process.connected) process.send?.(message);
}
