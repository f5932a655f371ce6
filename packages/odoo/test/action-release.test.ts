import { describe, expect, it } from 'vitest';
import { actionCode, actionRelease } from '../src/action-code.ts';

describe('the release of the server action', () => {
  it('is of its text and of nothing else: the modules do not count, every other letter does', async () => {
    const [one, other] = await Promise.all([actionCode(['crossdock']), actionCode(['shop_b'])]);
    const release = await actionRelease();
    expect(release).toMatch(/^[0-9a-f]{12}$/);
    expect(one).toContain(`# crossdock-import-orders/${release}\n`);
    expect(one).toContain(`release = '${release}'\n`);
    expect(other.replace("'shop_b'", "'crossdock'")).toBe(one);
    const [, text = ''] = one.split(`release = '${release}'\n`);
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(text)));
    expect(release).toBe(hex(digest).slice(0, 12));
  });
});

function hex(bytes: ArrayBuffer): string {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
