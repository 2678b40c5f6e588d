/**
 * Prints what happens to people, as it happens: the first sign of life that a newcomer sees after a push.
 *
 * @module
 */
import type { EventName, Logger, Provisioning } from "@muster/provisioning-engine";

const LOGGED = [
  "account.created",
  "account.updated",
  "account.relinked",
  "account.kind_changed",
  "account.deactivated",
  "account.reactivated",
  "account.admitted",
  "account.signed_in",
  "account.signed_out",
] as const satisfies readonly EventName[];

/** Logs each account event with the tenant, the kind and the userName. */
export function logEvents(provisioning: Provisioning, logger: Logger): void {
  for (const name of LOGGED) {
    provisioning.on(name, ({ tenant, account }) =>
      logger.info({ tenant, kind: account.kind, userName: account.userName }, name),
    );
  }
}
