/**
 * What the engine does behind a write, done in a trial: people are looked at again, an archived connection lets its
 * people go, a child takes over what its parent did. The very steps of the background run, as far as a bound allows.
 *
 * @module
 */
import { ARCHIVIST, archivePage } from "../archive/archive-job.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountId, AccountRecord } from "../ports/index.ts";
import { REVIEWER, reviewPage } from "../role-rule/review.ts";
import type { Declined } from "../role-rule/review-account.ts";
import { HEIR, projectPage } from "../sync/project.ts";
import type { Trial } from "../unit-of-work.ts";
import type { Pace } from "./pace.ts";

/** The smallest page of any of them. */
const PAGE = 100;
/** Up to so many changes of one person are taken over by a child. */
const CHANGES_OF_ONE = 10;

/**
 * @param connection after the write; of its family nobody but this tenant takes over anything
 * @param people how many are gone through at most, to the next full page
 * @returns who stays what they are, and why
 * @throws {ProvisioningError} `dry_run_too_long` when it takes too long
 */
export async function converge(
  trial: Trial,
  connection: EffectiveConnection,
  people: number,
  pace: Pace,
): Promise<ReadonlyMap<AccountId, Declined>> {
  const rootId = connection.root.tenant.id;
  const pages = Math.ceil(people / PAGE);
  const declined = new Map<AccountId, Declined>();
  const onReviewed = ({ id }: AccountRecord, why: Declined | null) => {
    pace.check();
    if (why !== null) declined.set(id, why);
  };
  await repeat(pages, pace, () => reviewPage(trial.as(REVIEWER), rootId, onReviewed));
  await repeat(pages + 1, pace, () => archivePage(trial.as(ARCHIVIST), rootId));
  await takeOver(trial, connection, people * CHANGES_OF_ONE, pace);
  return declined;
}

/**
 * Lets a child take over what its parent did; nothing at others.
 *
 * @param changes how many at most, to the next full page
 * @throws {ProvisioningError} `dry_run_too_long` when it takes too long
 */
export async function takeOver(
  trial: Trial,
  { tenant, root, inherited }: EffectiveConnection,
  changes: number,
  pace: Pace,
): Promise<void> {
  if (!inherited) return;
  await repeat(Math.ceil(changes / PAGE), pace, () => projectPage(trial.as(HEIR), root.tenant.id, tenant.id));
}

async function repeat(most: number, pace: Pace, page: () => Promise<boolean>): Promise<void> {
  for (let done = 0; done < most && (await page()); done += 1) await pace.pause();
}
