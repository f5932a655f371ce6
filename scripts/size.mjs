// The bytes that an import costs an app (bundled, minified, gzip), against a budget. Run after the build.
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

// Raise one only with a reason in the pull request.
const budgets = [
  ['core', `export * from '@crossdock/core'`, 90_000],
  ['core/model', `export * from '@crossdock/core/model'`, 48_000],
  ['core/memory', `export * from '@crossdock/core/memory'`, 45_000],
  ['core/flows', `export * from '@crossdock/core/flows'`, 70_000],
  ['core/fallbacks', `export * from '@crossdock/core/fallbacks'`, 75_000],
  // The whole back office: fourteen ports, and the client with its rights, rules and types.
  ['odoo', `export * from '@crossdock/odoo'`, 180_000],
  // The whole shop: ten ports with their documents, bulk files, four kinds of token, and the client for any document.
  ['shopify', `export * from '@crossdock/shopify'`, 175_000],
  ['amazon', `export * from '@crossdock/amazon'`, 90_000],
  // All that WooCommerce has: nine ports, batches that fit the shop, pages around answers, and the client for any route.
  ['woocommerce', `export * from '@crossdock/woocommerce'`, 125_000],
  ['3pl', `export * from '@crossdock/3pl'`, 90_000],
  ['3pl/shipbob', `export * from '@crossdock/3pl/shipbob'`, 90_000],
];
for (const [label, contents, budget] of budgets) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: 'docs', loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    external: ['node:*'],
    logLevel: 'error',
  });
  const bytes = gzipSync(outputFiles[0].contents).length;
  console.log(`${bytes > budget ? 'OVER ' : ''}${label}: ${bytes} of ${budget} bytes`);
  if (bytes > budget) process.exitCode = 1;
}
