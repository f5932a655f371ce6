import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The url of the server of the projects `postgres` and `postgres-dist`. */
    readonly postgres: string;
  }
}

// What is checked never depends on how long it takes: a busy machine may let any of them wait.
const patient = { testTimeout: 30_000, hookTimeout: 30_000 };
// The packages' sources, so that no build is needed before a test; without it, what would be published.
const source = ['@crossdock/source'];
const tests = ['packages/*/test/**/*.test.ts', 'docs/examples/**/*.test.ts'];
// They need a server, which only their own projects start.
const postgresTests = [
  'packages/postgres/test/**/*.test.ts',
  'packages/*/test/**/*.postgres.test.ts',
  'docs/examples/**/*.postgres.test.ts',
];
const withPostgres = { globalSetup: 'scripts/postgres-for-tests.mjs', ...patient };
// They write into a real Odoo or a real shop, so nothing runs them but their own command.
const liveTests = ['packages/*/test/live/**/*.test.ts'];
const live = {
  resolve: { conditions: source },
  ssr: { resolve: { conditions: source, externalConditions: source } },
  test: {
    name: 'live',
    include: liveTests,
    // Each says whether its platform is given, and ends the run where it may not be written into.
    globalSetup: ['packages/odoo/test/live/first-contact.ts', 'packages/woocommerce/test/live/first-contact.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // One after the other: a server of a single process would only make them wait for each other.
    fileParallelism: false,
  },
};
const typeTests = ['packages/*/test/**/*.test-d.ts'];
// They take minutes, and run on the sources alone: the packages are built from the same.
const long = [
  'docs/examples/crash/*.test.ts',
  'docs/examples/simulation/*.test.ts',
  'docs/examples/storms/*.test.ts',
  'packages/core/test/fencing/*.test.ts',
  'packages/postgres/test/{crowds,fencing,store-laws}.test.ts',
  'packages/testing/test/conformance/broken/every-law.test.ts',
  'packages/testing/test/stores/{claimers,store-laws}.test.ts',
];
// The longest go first: one that came last would run alone, the other cores idle.
const first = new Set(
  globSync([...long, 'packages/*/test/**/{conformance,sound-toy}.test.ts', 'packages/*/test/crash/*.test.ts'])
    .filter((path) => !path.includes('node_modules'))
    .map((path) => resolve(path)),
);
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- not an array's
    const sorted = await super.sort(files);
    return [...sorted.filter(isFirst), ...sorted.filter((file) => !isFirst(file))];
  }
}
const isFirst = ({ moduleId }: TestSpecification) => first.has(resolve(moduleId));
// What is asked of the packages as they are published: that every entry loads, is typed, and works together with the others.
// What a rule, a fake or a connector does in each case is asked of their sources alone.
const facesOfPackages = [
  'packages/core/test/{connector,errors,exceptions,flows,http,model,sqlite}/**/*.test.ts',
  'packages/{3pl,amazon,odoo,shopify,woocommerce}/test/{**/conformance,connector,options,errors,quota}*.test.ts',
  'packages/testing/test/{conformance,stores}/**/*.test.ts',
  'packages/testing/test/crash/{command,kill}.test.ts',
  'packages/testing/test/*.test.ts',
  'docs/examples/**/*.test.ts',
];
// A test that opens a file of src by its path has nothing to say about the built package.
const ofSourcesOnly = globSync([...tests, ...typeTests], { exclude: (path) => path.includes('node_modules') }).filter(
  (file) => /from '(\.\.\/)+src\//.test(readFileSync(file, 'utf8')),
);

export default defineConfig({
  test: {
    // By default one core is left free: of two, half. Many tests wait for a disk, a server or a child of theirs, so half of
    // a core more is given out than there is.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        resolve: { conditions: source },
        ssr: { resolve: { conditions: source, externalConditions: source } },
        test: {
          ...patient,
          name: 'source',
          include: tests,
          exclude: [...configDefaults.exclude, ...postgresTests, ...liveTests],
          typecheck: { enabled: true, include: typeTests, tsconfig: 'tsconfig.json' },
        },
      },
      {
        test: {
          ...patient,
          name: 'dist',
          include: facesOfPackages,
          exclude: [...configDefaults.exclude, ...ofSourcesOnly, ...postgresTests, ...liveTests, ...long],
          typecheck: { enabled: true, include: typeTests, exclude: ofSourcesOnly, tsconfig: 'tsconfig.dist.json' },
        },
      },
      {
        resolve: { conditions: source },
        ssr: { resolve: { conditions: source, externalConditions: source } },
        test: { name: 'postgres', include: postgresTests, ...withPostgres },
      },
      {
        test: {
          name: 'postgres-dist',
          include: postgresTests,
          exclude: [...configDefaults.exclude, ...ofSourcesOnly, ...long],
          ...withPostgres,
        },
      },
      { test: { ...patient, name: 'scripts', include: ['scripts/test/*.test.mjs'] } },
      ...(process.argv.includes('live') ? [live] : []),
    ],
    coverage: { provider: 'v8', include: ['packages/*/src/**/*.ts'], thresholds: { lines: 90, branches: 85 } },
  },
});
