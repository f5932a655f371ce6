// 100,000 variants out of the file of a bulk operation, on loopback: the peak memory of a whole process that pulls them
// through the built connector, against one that reads this one file by hand. In turns; medians. Goal at most 1.3.
import { execFile, execFileSync } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const products = 20_000;
const variantsOfEach = 5;
const rounds = 5;
const run = promisify(execFile);

export async function bench() {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'ignore' });
  const server = await shopOfFiles();
  const peaks = { crossdock: [] as number[], hand: [] as number[] };
  try {
    // True of a server that listens on a port.
    const { port } = server.address() as AddressInfo;
    for (let round = 0; round < rounds; round++) {
      for (const name of ['crossdock', 'hand'] as const) peaks[name].push(await peakOf(name, port));
    }
  } finally {
    server.close();
  }
  const [ours, theirs] = [median(peaks.crossdock), median(peaks.hand)];
  console.log(`  bulk.shopify: crossdock ${megabytes(ours)}, by hand ${megabytes(theirs)} at most`);
  const ratio = ours / theirs;
  return [{ id: 'bulk.shopify', ratio, against: 'a stream read by hand', goal: '<=1.3', met: ratio <= 1.3 }];
}

async function peakOf(name: string, port: number): Promise<number> {
  const reader = fileURLToPath(new URL('bulk-reader.ts', import.meta.url));
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const { stdout } = await run(process.execPath, [reader, name, `http://127.0.0.1:${port}`], { cwd });
  const { variants, peakBytes } = JSON.parse(stdout);
  if (variants !== products * variantsOfEach) throw new Error(`${name} read ${variants} variants.`);
  return peakBytes;
}

/** A shop that knows one operation and its file, and makes the file anew for each reader. */
async function shopOfFiles(): Promise<Server> {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === '/file') {
    response.writeHead(200, { 'content-type': 'application/jsonl' });
    for (let number = 0; number < products; number += 1) {
      if (!response.write(linesOf(number))) await new Promise((drained) => response.once('drain', drained));
    }
    response.end();
    return;
  }
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  const { operationName } = JSON.parse(Buffer.concat(pieces).toString());
  const data = answers(`http://${request.headers.host}`)[operationName];
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ data }));
}

function answers(origin: string): Readonly<Record<string, object>> {
  const job = { id: 'gid://shopify/BulkOperation/1', createdAt: '2026-11-01T00:00:00Z' };
  const done = {
    status: 'COMPLETED',
    errorCode: null,
    objectCount: '200000',
    fileSize: null,
    url: `${origin}/file`,
    partialDataUrl: null,
  };
  return {
    ProductCount: { productsCount: { count: 10_000 } },
    ShopCurrency: { shop: { currencyCode: 'USD' } },
    BulkOperations: { bulkOperations: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } },
    BulkRunQuery: { bulkOperationRunQuery: { bulkOperation: job, userErrors: [] } },
    BulkOperationById: { bulkOperation: { ...job, ...done } },
  };
}

function linesOf(number: number): string {
  const product = `gid://shopify/Product/${number + 1}`;
  const head = {
    id: product,
    title: `Tee ${number}`,
    descriptionHtml: `<p>${'A tee of combed cotton. '.repeat(10)}</p>`,
    status: 'ACTIVE',
    vendor: 'Acme',
    updatedAt: '2026-10-01T00:00:00Z',
    variantsCount: { count: variantsOfEach },
  };
  const variants = Array.from({ length: variantsOfEach }, (_, size) => ({
    id: `gid://shopify/ProductVariant/${number * variantsOfEach + size + 1}`,
    sku: `TEE-${number}-${size}`,
    barcode: `${4_000_000_000_000 + number * variantsOfEach + size}`,
    title: `${size}`,
    price: '19.90',
    compareAtPrice: null,
    updatedAt: '2026-10-01T00:00:00Z',
    selectedOptions: [{ name: 'Size', value: `${size}` }],
    inventoryItem: { tracked: true, measurement: { weight: { unit: 'GRAMS', value: 180 } } },
    __parentId: product,
  }));
  return [head, ...variants].map((row) => `${JSON.stringify(row).replaceAll('/', '\\/')}\n`).join('');
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(0)} MiB`;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
