import type { RefusalStatus } from './front.ts';
import type { ComplianceTopic } from './webhooks/app-payload.ts';

/** What becomes of the app, its tokens and the way to the shop. */
export interface AppState {
  /** The token that never expires. */
  readonly accessToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** A pair for an app with expiring offline tokens, as after the merchant installed it. */
  install(): { readonly accessToken: string; readonly refreshToken: string };
  /** The code that the merchant's browser brings back after he agreed: good for one exchange. */
  authorize(): string;
  /** What the admin hands an embedded app, signed with its secret: good for a minute, for a token exchange. */
  sessionToken(options?: { readonly seconds?: number; readonly audience?: string }): Promise<string>;
  /** The merchant takes the app away: every token is refused, its subscriptions are gone, app/uninstalled is told. */
  uninstall(): void;
  /** From now on the token endpoint refuses with this error ("shop_not_permitted"); without one it grants again. */
  refuseGrants(error?: string): void;
  /** Lets every granted token run out now. */
  expireTokens(): void;
  revokeToken(token: string): void;
  /** The platform asks for, or to forget, what the app knows of a buyer or the shop. */
  askForData(topic: ComplianceTopic, customerId?: string): void;

  /**
   * From now on the shop answers with this HTTP status: 402 frozen, 403 forbidden, 404 gone, 423 locked, 430 rejected as
   * not safe, 5xx down before anything is done. 200 ends it. After something was done: the fault `fail-after`.
   */
  answerWith(status: RefusalStatus): void;
  /** Sends everybody away with 429 and the seconds to wait, until they are over by the shop's clock. */
  limitRequests(seconds: number): void;
  /** Whether the shop answers every document with SHOP_INACTIVE, at HTTP 200. */
  setInactive(isInactive: boolean): void;
  /** From now on these versions are served, oldest first; older ones are answered by the first of them. */
  serveVersions(versions: readonly string[]): void;
  /** What `X-Shopify-API-Deprecated-Reason` says from now on; nothing without a reason. */
  deprecate(reason?: string): void;
}
