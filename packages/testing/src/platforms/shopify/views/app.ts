import { gid } from '../gid.ts';
import type { View } from './views.ts';

/** The app that asks, in the words of `currentAppInstallation`. */
export const ownApp: View = {
  __typename: 'App',
  id: 'gid://shopify/App/98765432101',
  title: 'Crossdock',
  handle: 'crossdock',
  apiKey: 'fake-client-id',
  webhookApiVersion: '2026-07',
};

/** Another app, known by its name alone. */
export function appView(title: string): View {
  const handle = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  let number = 7n;
  for (const letter of handle) number = (number * 31n + BigInt(letter.charCodeAt(0))) % 89_999_999_999n;
  return {
    __typename: 'App',
    id: gid('App', 10_000_000_001n + number),
    title,
    handle,
    apiKey: handle,
    webhookApiVersion: '2026-07',
  };
}
