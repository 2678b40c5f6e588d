/**
 * What a hostile client with and without a token gets (RFC 7644 §7; RFC 6750; CWE-943, CWE-1321).
 *
 * @module
 */
import { SEARCH_REQUEST_URN } from "../../../urn.ts";
import type { Json } from "../../json.ts";
import { FILTER, PATCH, SORT, userAttribute } from "../abilities.ts";
import type { Answer, Call } from "../client.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import {
  header,
  verify,
  verifyBody,
  verifyEqual,
  verifyErrorBody,
  verifyNoFault,
  verifyRefusal,
  verifyStatus,
} from "../statements.ts";
import { idsOf } from "../world.ts";

const PATIENCE_MS = 5_000;
const TRAPS = ["__proto__", "constructor", "toString"];

/** RFC 7644 §3.12 table 9, and RFC 9865 §2.1. */
const SCIM_TYPES: ReadonlySet<Json | undefined> = new Set([
  undefined,
  ...["invalidFilter", "tooMany", "uniqueness", "mutability", "invalidSyntax", "invalidPath", "noTarget"],
  ...["invalidValue", "invalidVers", "sensitive", "invalidCursor", "expiredCursor", "invalidCount"],
]);

const authenticationCases: readonly ConformanceCase[] = [
  ...(
    [
      ["no token", ""],
      ["a wrong token", "Bearer wrong"],
      ["another scheme", "Basic d3Jvbmc6d3Jvbmc="],
    ] as const
  ).map(
    ([what, authorization]): ConformanceCase => ({
      id: "A06",
      clause: "RFC 6750 §3",
      title: `${what} answers 401, with a challenge and the error schema`,
      run: async ({ send }) => {
        const answer = await send({ method: "GET", path: "/Users?count=1", headers: { authorization } });
        verifyRefusal(answer, { status: [401] });
        const challenge = header(answer, "www-authenticate");
        verify(/^bearer\b/i.test(challenge), `The header WWW-Authenticate is "${challenge}", expected Bearer.`);
      },
    }),
  ),
  {
    id: "A06",
    clause: "RFC 6750 §2.3",
    title: "a token in the address is no token",
    run: async ({ send }) => {
      const headers = { authorization: "" };
      verifyStatus(await send({ method: "GET", path: "/Users?count=1&access_token=wrong", headers }), 401);
    },
  },
  {
    id: "A07",
    clause: "RFC 7644 §2",
    title: "who has no valid token learns nothing of the body: 401 also for broken JSON",
    run: async ({ send }) => {
      const headers = { authorization: "Bearer wrong" };
      verifyStatus(await send({ method: "POST", path: "/Users", body: "{", headers }), 401);
    },
  },
  {
    id: "A07",
    clause: "RFC 7644 §2",
    title: "who has no valid token does not learn which ids there are",
    run: async ({ createUser, send }) => {
      const headers = { authorization: "Bearer wrong" };
      for (const path of [(await createUser()).path, "/Users/nobody"]) {
        verifyStatus(await send({ method: "GET", path, headers }), 401);
      }
    },
  },
  {
    id: "J42",
    clause: "RFC 9110 §11.1",
    title: "the name of the scheme ignores case",
    run: async ({ send, withScheme }) => {
      const headers = { authorization: withScheme("bearer") };
      verifyStatus(await send({ method: "GET", path: "/Users?count=1", headers }), 200);
    },
  },
];

const injectionCases: readonly ConformanceCase[] = [
  ...['x" or userName pr or "', "' or 1=1 --", "..%2f..%2fSchemas", "%00", "%ff"].map(
    (id): ConformanceCase => ({
      id: "B27",
      clause: "CWE-943",
      title: `the id ${id} is nobody's`,
      run: async ({ createUser, send }) => {
        await createUser();
        const path = `/Users/${id.includes("%") ? id : encodeURIComponent(id)}`;
        verifyStatus(await send({ method: "GET", path }), 400, 404);
      },
    }),
  ),
  {
    id: "J01",
    clause: "CVE-2025-41115",
    title: "an externalId is no id",
    run: async ({ createUser, send, mark }) => {
      await createUser({ externalId: mark });
      verifyStatus(await send({ method: "GET", path: `/Users/${mark}` }), 404);
    },
  },
  {
    id: "B26",
    clause: "RFC 7644 §7.5.2",
    title: "a filter on the password is no oracle",
    needs: [FILTER],
    run: async ({ createUser, query, mark }) => {
      await createUser({ password: `S3cret-${mark}` });
      for (const condition of [`password sw "S3cret-${mark}"`, `password eq "S3cret-${mark}"`]) {
        const answer = await query("/Users", { filter: `userName sw "${mark}" and ${condition}` });
        verifyStatus(answer, 200, 400, 403);
        verifyEqual(`What ${condition} finds`, idsOf(answer), []);
      }
    },
  },
  {
    id: "J30",
    clause: "RFC 7644 §7.5.2",
    title: "nobody sorts by the password",
    needs: [SORT, userAttribute("password")],
    run: async ({ query }) => verifyRefusal(await query("/Users", { sortBy: "password" }), { status: [400, 403] }),
  },
  {
    id: "A33",
    clause: "CWE-1321",
    title: "names that every JavaScript object inherits are unknown attributes like any other",
    run: async ({ send, userBody }) => {
      for (const trap of TRAPS) {
        const extra = `"${trap}":{"polluted":"yes"},"name":{"givenName":"Ada","${trap}":{"polluted":"yes"}}`;
        const body = JSON.stringify(userBody()).replace(/\}$/, `,${extra}}`);
        const answer = await send({ method: "POST", path: "/Users", body });
        verifyStatus(answer, 201, 400);
        verify(!answer.text.includes("polluted"), `The answer shows what was sent under ${trap}.`);
      }
    },
  },
  {
    id: "A33",
    clause: "CWE-1321",
    title: "such a name is nothing to filter by",
    needs: [FILTER],
    run: async ({ createUser, query }) => {
      await createUser();
      for (const trap of TRAPS) {
        const answer = await query("/Users", { filter: `${trap} pr` });
        verifyStatus(answer, 200, 400);
        verifyEqual(`What ${trap} pr finds`, idsOf(answer), []);
      }
    },
  },
];

const loadCases: readonly ConformanceCase[] = [
  {
    id: "B28",
    clause: "CWE-674",
    title: "hundreds of parentheses are answered quickly, and no fault",
    needs: [FILTER],
    run: async ({ query }) => {
      const filter = `${"(".repeat(500)}userName eq "nobody"${")".repeat(500)}`;
      verifyQuick(await query("/Users", { filter, count: "1" }));
    },
  },
  {
    id: "B28",
    clause: "CWE-674",
    title: "a body nested hundreds of levels deep is answered quickly, and no fault",
    run: async ({ send, userBody }) => {
      const deep = `${"[".repeat(2_000)}${"]".repeat(2_000)}`;
      const body = JSON.stringify(userBody()).replace(/\}$/, `,"emails":${deep}}`);
      verifyQuick(await send({ method: "POST", path: "/Users", body }));
    },
  },
  {
    id: "B29",
    clause: "CWE-407",
    title: "many alternatives joined by and are answered quickly",
    needs: [FILTER],
    run: async ({ query }) => {
      const filter = Array.from({ length: 16 }, () => '(userName eq "a" or title eq "b")').join(" and ");
      verifyQuick(await query("/Users", { filter, count: "1" }));
    },
  },
  {
    id: "J16",
    clause: "CWE-400",
    title: "a filter of a hundred thousand letters is refused or answered quickly",
    needs: [FILTER],
    run: async ({ send }) => {
      const body = { schemas: [SEARCH_REQUEST_URN], filter: `userName eq "${"x".repeat(100_000)}"`, count: 1 };
      verifyQuick(await send({ method: "POST", path: "/Users/.search", body }));
    },
  },
  {
    id: "J16",
    clause: "CWE-400",
    title: "a PATCH of thousands of operations is refused or done, and no fault",
    needs: [PATCH],
    run: async ({ createUser, patch }) => {
      const { path } = await createUser();
      const operations = Array.from({ length: 5_000 }, () => ({ op: "replace", path: "displayName", value: "x" }));
      verifyQuick(await patch(path, ...operations));
    },
  },
];

/** Requests that are wrong in ways of their own. */
const WRONG: readonly Call[] = [
  { method: "GET", path: "/Users/nobody" },
  { method: "POST", path: "/Users", body: "{" },
  { method: "POST", path: "/Users", body: { schemas: [] } },
  { method: "POST", path: "/Users", body: { schemas: 5, userName: { a: [1] } } },
  { method: "POST", path: "/Groups", body: { schemas: "x", members: "y" } },
  { method: "PATCH", path: "/Users/nobody", body: { Operations: "x" } },
  { method: "GET", path: "/Users?filter=%22" },
  { method: "GET", path: "/Users?startIndex=x" },
  { method: "GET", path: "/Users?sortBy=.&sortOrder=sideways" },
  { method: "PUT", path: "/Users/nobody", body: [] },
  { method: "POST", path: "/Users/.search", body: 5 },
  { method: "GET", path: "/Nothing/here" },
];

const errorCases: readonly ConformanceCase[] = WRONG.map(({ method, path, body }) => ({
  id: "J43",
  clause: "RFC 7644 §3.12",
  title: `${method} ${path}${body === undefined ? "" : ` of ${JSON.stringify(body)}`}: an error in the words of the RFC, without internals`,
  run: async ({ send }) => {
    const answer = await send({ method, path, ...(body === undefined ? {} : { body }) });
    verifyStatus(answer, 400, 403, 404, 405, 415, 501);
    verifyErrorBody(answer);
    verify(SCIM_TYPES.has(answer.body.scimType), `${answer.call}: ${String(answer.body.scimType)} is no scimType.`);
    verify(
      !/\n\s+at |node_modules|\/src\/|SQLITE|syntax error at or near/.test(answer.text),
      `${answer.call} shows internals.`,
    );
    verifyBody(answer.call, answer.body, { status: String(answer.status) });
  },
}));

export const securityCases: readonly ConformanceCase[] = [
  ...authenticationCases,
  ...injectionCases,
  ...loadCases,
  ...errorCases,
];

function verifyQuick(answer: Answer): void {
  verifyNoFault(answer);
  const { call, milliseconds } = answer;
  verify(milliseconds < PATIENCE_MS, `${call} took ${Math.round(milliseconds)} ms, expected under ${PATIENCE_MS}.`);
}
