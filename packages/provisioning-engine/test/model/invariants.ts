/**
 * What must hold after every step, whoever acted and whatever broke off: one small function for each invariant, by its
 * number. Each looks at the whole state, before and after.
 *
 * @module
 */
import {
  accountsStay,
  breakGlassIsApart,
  connectionsKeepApart,
  defaultsAreGivenOnce,
  lastOwnerStays,
  linksAreOneToOne,
  linksAreProven,
  localStateStays,
  lockedFieldsStay,
  onePersonOneAccount,
  onlyActivePeopleSignIn,
  resourcesAreUnique,
  returningPeopleKeepTheirAccount,
  silenceKeepsKinds,
} from "./account-invariants.ts";
import {
  failuresAreListedOnce,
  failuresTellNoSecrets,
  nobodyIsListedInVain,
  refusalsAreFiled,
  successCloses,
} from "./failure-invariants.ts";
import {
  childrenConverge,
  childrenOwnNothing,
  fullChildrenRefuseNothing,
  inheritanceIsFlat,
  parentsDoNotVanish,
} from "./family-invariants.ts";
import { groupSyncOffDrivesNothing, groupSyncSettles, localGroupsStay, pushedMembersStay } from "./group-invariants.ts";
import type { Invariant } from "./observation.ts";
import {
  changesAreAudited,
  consentIsOnRecord,
  nothingFailsByItself,
  questionsLeaveNoTrace,
  refusalsChangeNothing,
  repetitionsChangeNothing,
  rightsAreAsked,
  tokensOpenTheirOwn,
} from "./request-invariants.ts";
import { questionsHaveOneAnswer, rulesDecide } from "./rule-invariants.ts";
import {
  limitsHold,
  nobodyIsOvertaken,
  nobodyWaitsInVain,
  queuesKeepTheirOrder,
  seatsAreCounted,
} from "./seat-invariants.ts";
import { newcomersAreReaders, signInsChangeNobody, visitorsEnterTheirAccount } from "./sign-in-invariants.ts";

/** By number, in the order in which they are checked. */
export const INVARIANTS: Readonly<Record<string, Invariant>> = {
  "I0, I29 nothing fails by itself": nothingFailsByItself,
  "I1 the last owner stays": lastOwnerStays,
  "I2 break-glass accounts are apart": breakGlassIsApart,
  "I3, I6 accounts stay": accountsStay,
  "I4, I19, I23 local state stays": localStateStays,
  "I5 only active people sign in": onlyActivePeopleSignIn,
  "I7 one person, one account": onePersonOneAccount,
  "I8 resources are unique": resourcesAreUnique,
  "I9 links are one to one": linksAreOneToOne,
  "I10 connections keep apart": connectionsKeepApart,
  "I11 links are proven": linksAreProven,
  "I12 silence keeps kinds": silenceKeepsKinds,
  "I13, I15 seats are counted": seatsAreCounted,
  "I14 limits hold": limitsHold,
  "R65 nobody waits in vain": nobodyWaitsInVain,
  "R65 queues keep their order": queuesKeepTheirOrder,
  "R65 nobody is overtaken": nobodyIsOvertaken,
  "I16, I20 local groups stay": localGroupsStay,
  "I17 pushed members stay": pushedMembersStay,
  "I18 group sync settles": groupSyncSettles,
  "I18 group sync off drives nothing": groupSyncOffDrivesNothing,
  "I21, I22 locked fields stay": lockedFieldsStay,
  "I24, I27 children own nothing": childrenOwnNothing,
  "I25, I28 children converge": childrenConverge,
  "I26 inheritance is flat": inheritanceIsFlat,
  "I29 full children refuse nothing": fullChildrenRefuseNothing,
  "I31 parents do not vanish": parentsDoNotVanish,
  "I32 failures are listed once": failuresAreListedOnce,
  "I32 nobody is listed in vain": nobodyIsListedInVain,
  "I32 refusals are filed": refusalsAreFiled,
  "I32 success closes": successCloses,
  "I3 returning people keep their account": returningPeopleKeepTheirAccount,
  "I33 failures tell no secrets": failuresTellNoSecrets,
  "I34 repetitions change nothing": repetitionsChangeNothing,
  "R98 questions leave no trace": questionsLeaveNoTrace,
  "I35 refusals change nothing": refusalsChangeNothing,
  "I36 tokens open their own": tokensOpenTheirOwn,
  "I37 consent is on record": consentIsOnRecord,
  "I38 rights are asked": rightsAreAsked,
  "I39 changes are audited": changesAreAudited,
  "I40 defaults are given once": defaultsAreGivenOnce,
  "I41 rules decide": rulesDecide,
  "I41 questions have one answer": questionsHaveOneAnswer,
  "R99 visitors enter their account": visitorsEnterTheirAccount,
  "R100 newcomers are readers": newcomersAreReaders,
  "I42 sign-ins change nobody": signInsChangeNobody,
};
