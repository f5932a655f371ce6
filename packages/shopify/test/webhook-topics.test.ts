import { isEnumType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { addressOf, isSameAddress } from '../src/webhook-address.ts';
import { topicOf } from '../src/webhook-topics.ts';
import { trueSchema, versions } from './schema/true-schema.ts';

const topics = versions.flatMap((version) => {
  const type = trueSchema(version).schema.getType('WebhookSubscriptionTopic');
  return isEnumType(type) ? type.getValues() : [];
});

describe('a topic', () => {
  it('is named as deliveries name it, for all that any supported version has', () => {
    const named = topics.flatMap(({ name, description }) => {
      // Each says "The webhook topic for `orders/create` events."
      const topic = /topic for `([a-z_./]+)`/.exec(description ?? '')?.[1];
      return topic === undefined ? [] : [[name, topic] as const];
    });
    expect(named.length).toBeGreaterThan(600);
    expect(named.filter(([name, topic]) => topicOf(name) !== topic)).toEqual([]);
  });
});

describe('an address', () => {
  it.each([
    'https://receiver.example/hooks?shop=1',
    'pubsub://my-project:my-topic',
    'arn:aws:events:us-east-1::event-source/aws.partner/shopify.com/1234/shop',
  ])('may be %s', (address) => {
    expect(addressOf(address, 'shopify')).toBe(address);
  });

  it.each([
    'http://receiver.example/hooks',
    'https://user:secret@receiver.example/hooks',
    'receiver.example',
    'pubsub://my-project',
    'arn:aws:sqs:us-east-1:1234:queue',
    '',
  ])('may not be "%s"', (address) => {
    expect(() => addressOf(address, 'shopify')).toThrow(
      expect.objectContaining({ code: 'options.invalid', message: expect.not.stringContaining('secret') }),
    );
  });

  it('is the same with and without the slash behind its host', () => {
    expect(isSameAddress('https://receiver.example', 'https://receiver.example/')).toBe(true);
    expect(isSameAddress('https://receiver.example/a', 'https://receiver.example/b')).toBe(false);
    expect(isSameAddress('pubsub://a:b', 'pubsub://a:b')).toBe(true);
  });
});
