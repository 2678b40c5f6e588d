/**
 * Webhooks (Standard Webhooks): what a host tells about them, and its way to the network.
 *
 * @module
 */

export interface WebhookOptions {
  /** How deliveries reach the network: `nodeWebhookNetwork()` of `@muster/transport-node`, or your own. */
  readonly network: WebhookNetwork;
  /** Also deliver to `http:` addresses, where everybody on the way reads along. For development. */
  readonly insecureAllowHttp?: boolean | undefined;
  /**
   * Also deliver to loopback, private, link-local and other addresses that are not the internet's: whoever may make
   * webhooks can then reach into your network. For development, and for closed networks.
   */
  readonly insecureAllowPrivateAddresses?: boolean | undefined;
}

/** The host's way to the network. The engine decides which addresses may be reached. */
export interface WebhookNetwork {
  /** All IP addresses of a host name. */
  resolve(hostname: string): Promise<readonly string[]>;
  /**
   * Sends one request to exactly this address, whatever the host name leads to by now, checks the certificate against the
   * host name, and follows no redirect. Ends when the signal says so.
   */
  post(request: WebhookPost): Promise<WebhookAnswer>;
}

export interface WebhookPost {
  readonly url: string;
  /** An IP address of the host of `url`. */
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** The body of an answer is nobody's business. */
export interface WebhookAnswer {
  readonly status: number;
  /** The header `Retry-After`. */
  readonly retryAfter: string | null;
}

/** What the engine needs of the options, and what wakes its deliveries. */
export interface Webhooks extends WebhookOptions {
  /** 0 to 1: spreads retries. */
  random(): number;
  /** Deliveries of this webhook are due. */
  wake(tenantId: string, webhookId: string): void;
}
