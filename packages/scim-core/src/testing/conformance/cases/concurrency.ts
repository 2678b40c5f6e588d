/**
 * Requests at the same time (RFC 7644 §3.14, and what its absence must not cost).
 *
 * @module
 */
import { GROUPS, PATCH, userAttribute } from "../abilities.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { verify, verifyBody, verifyEqual, verifyNoFault, verifyStatus } from "../statements.ts";

const CLAUSE = "RFC 7644 §3.14";

export const concurrencyCases: readonly ConformanceCase[] = [
  {
    id: "A10",
    clause: "RFC 7643 §4.1.1",
    title: "of eight people with one userName, created at once, exactly one is",
    run: async ({ send, userBody }) => {
      const body = userBody();
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => send({ method: "POST", path: "/Users", body })),
      );
      verifyEqual("The statuses", answers.map(({ status }) => status).toSorted(), [201, ...Array(7).fill(409)]);
    },
  },
  {
    id: "I02",
    clause: CLAUSE,
    title: "eight members added at once are all there",
    needs: [PATCH, GROUPS],
    run: async ({ createUsers, createGroup, patch, read }) => {
      const members = await createUsers(8);
      const { path } = await createGroup();
      const answers = await Promise.all(
        members.map(({ id }) => patch(path, { op: "add", path: "members", value: [{ value: id }] })),
      );
      for (const answer of answers) verifyStatus(answer, 200, 204);
      const expected = members.map(({ id }) => ({ value: id }));
      verifyBody("The group", await read(path), { members: expected });
    },
  },
  {
    id: "J17",
    clause: CLAUSE,
    title: "two PATCHes of different attributes at once: what was accepted is there",
    needs: [PATCH, userAttribute("title")],
    run: async ({ createUser, patch, read }) => {
      const { path } = await createUser();
      const wanted = { displayName: "Ada", title: "Countess", externalId: "x-1", active: false };
      const answers = await Promise.all(
        Object.entries(wanted).map(async ([name, value]) => ({
          name,
          value,
          answer: await patch(path, { op: "replace", path: name, value }),
        })),
      );
      for (const { answer } of answers) verifyNoFault(answer);
      const accepted = answers.filter(({ answer }) => answer.status < 300);
      verify(accepted.length > 0, "None of the requests was accepted.");
      verifyBody("The person", await read(path), Object.fromEntries(accepted.map(({ name, value }) => [name, value])));
    },
  },
  {
    id: "J17",
    clause: "RFC 7644 §3.6",
    title: "a person that is deleted twice at once is gone, and nothing breaks",
    run: async ({ createUser, send }) => {
      const { path } = await createUser();
      const answers = await Promise.all([1, 2].map(() => send({ method: "DELETE", path })));
      for (const answer of answers) verifyStatus(answer, 204, 404);
      verifyStatus(await send({ method: "GET", path }), 404);
    },
  },
];
