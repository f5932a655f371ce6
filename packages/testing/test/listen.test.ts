import { describe, expect, it, onTestFinished } from 'vitest';
import { bench, door } from '@crossdock/testing';
import { listen } from '@crossdock/testing/listen';

function shelf() {
  const parts = bench({});
  const put: string[] = [];
  const fetch = door(parts, {
    origin: 'https://shelf.example',
    operation: () => 'put',
    handle: async (request) => {
      put.push(await request.text());
      return new Response(JSON.stringify({ put: put.length }), { headers: { 'content-type': 'application/json' } });
    },
    throttled: () => new Response('', { status: 429 }),
  });
  return { ...parts, put, fetch };
}

async function open(platform: ReturnType<typeof shelf>) {
  const listening = await listen(platform);
  onTestFinished(() => listening.close());
  return (body: string) => fetch(`${listening.url}/shelf`, { method: 'POST', body });
}

describe('a fake behind a socket', () => {
  it('answers from the same state as in process', async () => {
    const platform = shelf();
    const send = await open(platform);
    expect(await (await send('a tee')).json()).toEqual({ put: 1 });
    expect(platform.put).toEqual(['a tee']);
    expect(platform.journal.of('put')[0]).toMatchObject({ path: '/shelf', status: 200, requestBody: 'a tee' });
  });

  it('resets the connection where the fake drops it, after the change is made', async () => {
    const platform = shelf();
    const send = await open(platform);
    platform.faults.next('put', { kind: 'drop', when: 'after' });
    await expect(send('a tee')).rejects.toThrow('fetch failed');
    expect(platform.put).toEqual(['a tee']);
    expect((await send('a cap')).status).toBe(200);
  });

  it('closes although a client keeps its connection open', async () => {
    const platform = shelf();
    const listening = await listen(platform);
    await (await fetch(listening.url, { method: 'POST', body: 'a tee' })).text();
    await listening.close();
    await expect(fetch(listening.url)).rejects.toThrow('fetch failed');
  });

  it('says which port is taken', async () => {
    const platform = shelf();
    const first = await listen(platform);
    onTestFinished(() => first.close());
    await expect(listen(platform, { port: first.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
