import type { Options } from 'tsup';

/** The build of every package: ESM, its types, source maps that point to `src`, which is published beside them. */
export function library(...entries: string[]): Options {
  return {
    entry: entries.map((entry) => `src/${entry}.ts`),
    format: 'esm',
    target: 'es2024',
    platform: 'neutral',
    dts: true,
    sourcemap: true,
    clean: true,
    // By default tsup turns 'node:sqlite' into 'sqlite', which does not exist.
    removeNodeProtocol: false,
    external: [/^node:/],
    esbuildOptions(options) {
      options.sourcesContent = false;
    },
  };
}
