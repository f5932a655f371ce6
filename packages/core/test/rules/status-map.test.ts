import { describe, expect, it } from 'vitest';
import { defineStatusMap } from '@crossdock/core/model';

const map = defineStatusMap({
  name: 'demo order.state',
  wire: ['open', 'closed', 'archived'],
  canonical: ['pending', 'fulfilled', 'canceled'],
  decode: { open: 'pending', closed: 'fulfilled', archived: { held: 'it may be either' } },
  encode: { pending: 'open', fulfilled: 'closed', canceled: { held: 'demo has no such word' } },
});

describe('defineStatusMap', () => {
  it('translates both ways', () => {
    expect(map.decode('closed')).toBe('fulfilled');
    expect(map.encode('pending')).toBe('open');
  });

  it.each(['OPEN', '', 'constructor', '__proto__', 'toString'])('makes "%s" wait for a person', (word) => {
    expect(() => map.decode(word)).toThrow(
      expect.objectContaining({
        code: 'status.unmapped',
        message: expect.stringContaining('this word is in no map'),
        details: { map: 'demo order.state', word },
      }),
    );
  });

  it('holds what the map holds, and says why', () => {
    expect(() => map.decode('archived')).toThrow('held: it may be either');
    expect(() => map.encode('canceled')).toThrow('held: demo has no such word');
  });

  it('names the record that was not taken over, when it is told which', () => {
    const ref = { system: 'demo', kind: 'order', id: '17' } as const;

    expect(() => map.decode('archived', 'Order "#1042"')).toThrow(/^Order "#1042" was not taken over: "archived" as /);
    expect(() => map.decode('lost', ref)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/^Order "17" was not taken over: "lost" as demo order\.state /),
        system: 'demo',
        refs: [ref],
      }),
    );
    expect(map.decode('open', ref)).toBe('pending');
  });
});
