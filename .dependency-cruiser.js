// The layers of core, lowest first. A file imports its own folder and the layers below, never the folder beside it.
const layers = [
  ['model'],
  ['errors'],
  ['ports'],
  ['rules'],
  ['policies', 'memory', 'sqlite'],
  ['connector', 'http'],
  ['exceptions'],
  ['flows'],
  ['fallbacks'],
];
const entries = 'index|model|memory|sqlite|flows|fallbacks|conformance|crash|crash-process|shipbob|cli';
const nodeOnly = [
  '^packages/postgres/src/',
  '^packages/core/src/sqlite(/|\\.ts$)',
  '^packages/odoo/src/cli\\.ts$',
  '^packages/testing/src/(cli|crash|crash-process|listen)\\.ts$',
  '^packages/testing/src/node-[^/]+\\.ts$',
  '^packages/testing/src/.+/node-[^/]+\\.ts$',
];

const layerRules = layers.flatMap((layer, level) =>
  layer.map((folder) => {
    const above = [...layer.filter((other) => other !== folder), ...layers.slice(level + 1).flat()];
    return {
      name: `core-layer-${folder}`,
      comment: `Imports in core go down only: ${folder} may not know ${above.join(', ')}.`,
      severity: 'error',
      from: { path: `^packages/core/src/${folder}/` },
      to: { path: `^packages/core/src/(${above.join('|')})/` },
    };
  }),
);

export default {
  forbidden: [
    // Nothing is above the top layer.
    ...layerRules.filter(({ name }) => name !== 'core-layer-fallbacks'),
    {
      name: 'core-folders-are-known',
      comment: 'A new folder in core needs a place among the layers above.',
      severity: 'error',
      from: { path: `^packages/core/src/(?!(${layers.flat().join('|')})/)[^/]+/` },
      to: {},
    },
    {
      name: 'core-knows-no-package-of-ours',
      severity: 'error',
      from: { path: '^packages/core/src/' },
      to: { path: '^packages/(?!core/)' },
    },
    {
      name: 'packages-know-only-core',
      comment: 'Connectors and testing import core and nothing of ours besides.',
      severity: 'error',
      from: { path: '^packages/(?!core/)([^/]+)/src/' },
      to: { path: '^packages/(?!core/|$1/)' },
    },
    {
      name: 'packages-by-their-entries',
      comment: 'Import another package by its name; its files are its own business.',
      severity: 'error',
      from: { path: '^(packages/[^/]+|docs)/', pathNot: '^packages/core/test/' },
      to: { path: '^packages/[^/]+/src/', pathNot: ['^$1/', '^packages/[^/]+/src/[^/]+\\.ts$'] },
    },
    {
      name: 'core-tests-take-a-clock',
      comment:
        'Testing is built on core, so the tests of core take its clock, its chance and its sockets from their files, and no more.',
      severity: 'error',
      from: { path: '^packages/core/test/' },
      to: { path: '^packages/(?!core/)', pathNot: '^packages/testing/src/(index|listen|fake/(clock|random))\\.ts$' },
    },
    {
      name: 'file-not-folder',
      comment: 'Inside a package import the file that has it, not an index.ts; entries may.',
      severity: 'error',
      from: { path: '^(packages/[^/]+/src)/', pathNot: `^packages/[^/]+/src/(${entries})\\.ts$` },
      to: { path: ['^$1/index\\.ts$', '^$1/.+/index\\.ts$'] },
    },
    {
      name: 'entries-are-for-others',
      comment: 'An entry collects what its package offers; inside the package import the file that has it.',
      severity: 'error',
      from: { path: '^(packages/[^/]+/src)/[^/]+/' },
      to: { path: `^$1/(${entries})\\.ts$` },
    },
    {
      name: 'neutral',
      comment: 'Core and connectors run wherever fetch and WebCrypto exist.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: nodeOnly },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'src-not-to-dev',
      comment: 'Whoever installs the package does not get its devDependencies.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm-peer'] },
    },
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.snippets)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['@crossdock/source', 'import', 'types', 'default'],
      exportsFields: ['exports'],
    },
  },
};
