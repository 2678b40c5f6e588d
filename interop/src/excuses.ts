/**
 * Checks in which a suite is wrong, with the proof. An excuse for a check that passes is reported, so that none outlives
 * its reason.
 *
 * @module
 */

export interface Excuse {
  readonly suite: string;
  readonly check: string;
  /** Why the check is wrong, so that a reader can prove it. */
  readonly reason: string;
}

export const EXCUSES: readonly Excuse[] = [
  {
    suite: "scim2-test-suite",
    check: "RFC7643-2.3.7-L578/get_member_ref_returns_resource",
    reason:
      "The suite puts its base URL in front of the member's $ref. Ours is absolute, as RFC 7643 section 2.3.7 and its " +
      "examples have it, so that the suite asks for an address inside an address and gets 404. GET of the $ref as it " +
      "is returns the member.",
  },
];
