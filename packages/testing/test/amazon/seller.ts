import { fakeAmazon, type FakeAmazonOptions } from '@crossdock/testing';
import { expectModel } from './model.ts';

/** An answer, read as far as it can be. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly text: string;
}

/** What is asked. `sections` and the like go into `query`. */
export interface Question {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly grant?: 'seller' | 'application' | 'none';
}

export const agent = 'Crossdock/1.0 (Language=TypeScript; Platform=Node/24)';

/** A seller with goods, and an application that asks. Every answer is held against Amazon's model. */
export function seller(options: FakeAmazonOptions = {}) {
  const amazon = fakeAmazon(options);
  const { state } = amazon;
  const grants = new Map<string, { readonly token: string; readonly at: number }>();

  async function token(kind: 'seller' | 'application'): Promise<string> {
    const known = grants.get(kind);
    if (known && known.at + 3_500_000 > amazon.clock.now()) return known.token;
    const answer = await amazon.fetch('https://api.amazon.com/auth/o2/token', {
      method: 'POST',
      body: new URLSearchParams({
        client_id: state.clientId,
        client_secret: state.clientSecret,
        ...(kind === 'seller'
          ? { grant_type: 'refresh_token', refresh_token: state.refreshToken }
          : { grant_type: 'client_credentials', scope: 'sellingpartnerapi::notifications' }),
      }),
    });
    const { access_token } = (await answer.json()) as { access_token: string }; // As LWA answers.
    grants.set(kind, { token: access_token, at: amazon.clock.now() });
    return access_token;
  }

  async function ask(method: string, path: string, question: Question = {}): Promise<Answer> {
    const { query, body, headers, grant = 'seller' } = question;
    const search = query ? `?${new URLSearchParams(query).toString()}` : '';
    const response = await amazon.fetch(`${amazon.origin}${path}${search}`, {
      method,
      headers: {
        'user-agent': agent,
        ...(grant === 'none' ? {} : { 'x-amz-access-token': await token(grant) }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = { status: response.status, headers: response.headers, text, body: parsed(text) };
    expectModel(method, path, answer);
    return answer;
  }

  return { amazon, state, ask, token, clock: amazon.clock };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
