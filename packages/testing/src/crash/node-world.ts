import type { CrashWorld } from './world.ts';

/** Loads the world that a module exports as its default. */
export async function worldOf(module: string): Promise<CrashWorld<never>> {
  const loaded: unknown = await import(module);
  const world: unknown = typeof loaded === 'object' && loaded !== null ? Reflect.get(loaded, 'default') : undefined;
  if (isWorld(world)) return world;
  throw new TypeError(
    `Module "${module.split('/').at(-1)}" has no world as its default export. Export what crashWorld(…) gave, as default.`,
  );
}

function isWorld(value: unknown): value is CrashWorld<never> {
  if (typeof value !== 'object' || value === null) return false;
  return ['platforms', 'integration', 'stores', 'story'].every((part) => part in value);
}
