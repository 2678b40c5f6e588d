/**
 * What a conformance suite is to the runner, and what it says about a server. Knows no suite itself.
 *
 * @module
 */

/** What is judged: `muster serve` as a SCIM service, or sign-in through SAML. */
export type FamilyName = "scim" | "saml";

/** A running server with one connection that has no data. */
export interface Target {
  /** The SCIM base URL, without a trailing slash. */
  readonly baseUrl: string;
  readonly token: string;
}

/** Starts a server of its own for `use`, and stops it afterwards. `flags` are further options of `muster serve`. */
export type WithServer = <Result>(
  flags: readonly string[],
  use: (target: Target) => Promise<Result>,
) => Promise<Result>;

/** How a check ended that did not pass. Suites warn where the RFC only recommends, or a feature is not advertised. */
export type Grade = "failed" | "warned" | "skipped";

export interface Problem {
  /** As the suite names it, so that its source can be searched for it. */
  readonly check: string;
  readonly grade: Grade;
  readonly message: string;
}

/** What a run found. Everything that did not pass is listed. */
export interface Findings {
  readonly passed: number;
  readonly problems: readonly Problem[];
}

export interface Suite {
  readonly name: string;
  /** What is pinned, for the reader of the figures. */
  readonly version: string;
  /** Whether it has to be fetched, and needs more than Node. */
  readonly foreign: boolean;
  /**
   * Brings the suite here, or finds it in the cache.
   *
   * @returns its run
   * @throws {InteropError} `missing` when its toolchain or the suite itself is not to be had on this machine
   */
  prepare(): Promise<SuiteRun>;
}

/**
 * Suites of the family `saml` need no `muster serve`: they start a service of their own.
 *
 * @throws {InteropError} `unreadable` when the suite ended without a report
 */
export type SuiteRun = (withServer: WithServer) => Promise<Findings>;
