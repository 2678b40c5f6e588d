/**
 * What the engine does behind a write, done in a trial: people are looked at again, an archived connection lets its
 * people go, a child takes over what its parent did. The very steps of the background run, as far as a bound allows.
 *
 * @module
 */
import { ARCHIVIST, archivePage } from "../archive/archive-job.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountId } from "../ports/index.ts";
import { REVIEWER, reviewPage } from "../role-rule/review.ts";
import type { Declined } from "../role-rule/review-account.ts";
import { HEIR, projectPage } from "../sync/project.ts";
import type { Trial } from "../unit-of-work.ts";

/** The smallest page of any of them. */
const PAGE = 100;
/** Up to so many changes of one person are taken over by a child. */
const CHANGES_OF_ONE = 10;

/**
 * @param connection after the write; of its family nobody but this tenant takes over anything
 * @param people how many are gone through at most, to the next full page
 * @returns who stays what they are, and why
 */
export async function converge(
  trial: Trial,
  connection: EffectiveConnection,
  people: number,
): Promise<ReadonlyMap<AccountId, Declined>> {
  const rootId = connection.root.tenant.id;
  const pages = Math.ceil(people / PAGE);
  const declined = new Map<AccountId, Declined>();
  await repeat(pages, () => reviewPage(trial.as(REVIEWER), rootId, ({ id }, why) => declined.set(id, why)));
  await repeat(pages + 1, () => archivePage(trial.as(ARCHIVIST), rootId));
  await takeOver(trial, connection, people * CHANGES_OF_ONE);
  return declined;
}

/**
 * Lets a child take over what its parent did; nothing at others.
 *
 * @param changes how many at most, to the next full page
 */
export async function takeOver(
  trial: Trial,
  { tenant, root, inherited }: EffectiveConnection,
  changes: number,
): Promise<void> {
  if (!inherited) return;
  await repeat(Math.ceil(changes / PAGE), () => projectPage(trial.as(HEIR), root.tenant.id, tenant.id));
}

async function repeat(most: number, page: () => Promise<boolean>): Promise<void> {
  for (let done = 0; done < most && (await page()); done += 1) await breathe();
}

/** A trial of many people takes a while, in which the process has other things to do. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
