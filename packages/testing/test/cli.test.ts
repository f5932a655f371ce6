import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { walkingClock } from '@crossdock/testing';
import { describe, expect, it, onTestFinished } from 'vitest';

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

function start(...args: readonly string[]) {
  const child = spawn(process.execPath, ['--conditions=@crossdock/source', cli, ...args]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, ended, out: () => out, err: () => err };
}

async function told(child: ChildProcess, text: () => string, pattern: RegExp): Promise<string> {
  for (;;) {
    const found = pattern.exec(text())?.[1];
    if (found) return found;
    await new Promise((resolve) => child.stdout?.once('data', resolve));
  }
}

describe('crossdock-testing', () => {
  it('starts a shop that any program can ask, and ends on Ctrl+C', async () => {
    const { child, ended, out } = start('shopify');
    const url = await told(child, out, /address\s+(\S+)/);
    const response = await fetch(`${url}/admin/api/2026-10/graphql.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-shopify-access-token': 'shpat_fake' },
      body: JSON.stringify({ query: '{ orders(first: 1) { nodes { name } } }' }),
    });
    expect(await response.json()).toMatchObject({ data: { orders: { nodes: [{ name: '#1001' }] } } });
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  });

  it.each(['odoo', 'shipbob', 'woocommerce', 'amazon'])(
    'starts %s with an example that gets an answer',
    async (platform) => {
      const { child, out } = start(platform);
      const url = await told(child, out, /address\s+(\S+)/);
      const example = await told(child, out, /Try:\n {2}curl (.+)\n/);
      const headers = [...example.matchAll(/-H '([^:]+): ([^']+)'/g)].map(
        ([, name = '', value = '']) => [name, value] as const,
      );
      const body = / -d '([^']+)'/.exec(example)?.[1];
      const address = example.split(' ')[0] ?? '';
      expect(address.startsWith(url)).toBe(true);
      const response = await fetch(address, {
        headers: Object.fromEntries(headers),
        ...(body === undefined ? {} : { method: 'POST', body }),
      });
      expect(response.status).toBe(200);
    },
  );

  it('lets time pass as on the wall', async () => {
    const { clock, stop } = walkingClock();
    onTestFinished(stop);
    const before = clock.now();
    await clock.sleep(30);
    expect(clock.now()).toBeGreaterThanOrEqual(before + 30);
  });

  it.each([
    [['magento'], 'There is no platform "magento". Take one of: shopify, odoo, shipbob, woocommerce, amazon.'],
    [['shopify', '--port', 'abc'], '--port wants a number from 0 to 65535, got "abc".'],
    [['shopify', '--colour', 'red'], "Unknown option '--colour'"],
  ])('says what is wrong with %j', async (args, message) => {
    const { ended, err } = start(...args);
    expect(await ended).toBe(1);
    expect(err()).toContain(message);
  });

  it('says that the port is taken', async () => {
    const server = createServer();
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    const { ended, err } = start('shopify', '--port', port);
    expect(await ended).toBe(1);
    expect(err()).toContain(`Port ${port} is taken.`);
  });

  it('shows how it is used', async () => {
    const { ended, out } = start('--help');
    expect(await ended).toBe(0);
    expect(out()).toContain('Platforms: shopify, odoo, shipbob, woocommerce, amazon');
  });
});
