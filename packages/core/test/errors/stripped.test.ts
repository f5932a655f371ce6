import { expect, it } from 'vitest';
import { stripped } from '../../src/errors/stripped.ts';

const thrown = (code: string) => Object.assign(new Error('GET https://shop.example/?token=secret failed'), { code });

it.each(['ECONNRESET', 'UND_ERR_HEADERS_TIMEOUT', 'ConnectionRefused', 'ERR_HTTP2_STREAM_ERROR'])(
  'keeps the code "%s" of a runtime',
  (code) => {
    expect(stripped(thrown(code)).message).toBe(`Error (${code})`);
  },
);

it.each(['shpat_0123456789abcdef', 'ck_0123456789abcdef', 'amzn1.account.AF6E', 'a secret', ''])(
  'leaves "%s" behind, which is no code of a runtime',
  (code) => {
    const stand = stripped(thrown(code));
    expect(stand.message).toBe('Error');
    expect(stand.stack).not.toContain('secret');
  },
);
