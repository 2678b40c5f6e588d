/**
 * The provisioning life, in order.
 *
 * @module
 */
import type { Step } from "../step.ts";
import { connect } from "./connect.ts";
import { deactivate } from "./deactivate.ts";
import { deletePerson } from "./delete-person.ts";
import { inherit } from "./inherit.ts";
import { promoteReader } from "./promote-reader.ts";
import { provisionPeople } from "./provision-people.ts";
import { pushGroup } from "./push-group.ts";
import { reactivate } from "./reactivate.ts";
import { recreatePerson } from "./recreate-person.ts";
import { refuseForgery } from "./refuse-forgery.ts";
import { refuseLocalEdit } from "./refuse-local-edit.ts";
import { renamePerson } from "./rename-person.ts";
import { reportDuplicate } from "./report-duplicate.ts";
import { signInAtChild } from "./sign-in-child.ts";
import { signInAtParent } from "./sign-in-parent.ts";
import { waitForSeat } from "./wait-for-seat.ts";

export const LIFE: readonly Step[] = [
  connect,
  provisionPeople,
  renamePerson,
  pushGroup,
  inherit,
  signInAtParent,
  signInAtChild,
  refuseForgery,
  promoteReader,
  refuseLocalEdit,
  reportDuplicate,
  waitForSeat,
  deactivate,
  reactivate,
  deletePerson,
  recreatePerson,
];
