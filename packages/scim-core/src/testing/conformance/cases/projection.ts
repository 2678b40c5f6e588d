/**
 * Answers of a part of a resource (RFC 7644 §3.4.2.5, §3.9).
 *
 * @module
 */
import { ENTERPRISE_USER_URN, PATCH_OP_URN } from "../../../urn.ts";
import type { JsonObject } from "../../json.ts";
import { type Ability, ENTERPRISE, FILTER, GROUPS, PATCH, userAttribute } from "../abilities.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { resourcesOf } from "../service.ts";
import { verify, verifyBody, verifyEqual, verifyStatus } from "../statements.ts";

const NAME = { givenName: "Ada", familyName: "Lovelace" };
const DEPARTMENT = `["${ENTERPRISE_USER_URN}"].department`;
const EVERYTHING: JsonObject = { displayName: "Ada", name: NAME, active: true };
const ABSENT = { $absent: true };

interface Row {
  readonly id: string;
  readonly clause: string;
  readonly query: string;
  readonly title: string;
  readonly needs?: readonly Ability[];
  readonly person?: JsonObject;
  readonly shows: JsonObject;
}

const NAMES = [userAttribute("name.givenName"), userAttribute("name.familyName")];

const rows: readonly Row[] = [
  {
    id: "C12",
    clause: "RFC 7644 §3.4.2.5",
    query: "attributes=userName",
    title: "shows that and what is always shown",
    shows: { id: { $present: true }, userName: { $present: true }, displayName: ABSENT, name: ABSENT },
  },
  {
    id: "C13",
    clause: "RFC 7643 §2.1",
    query: "attributes=DISPLAYNAME",
    title: "ignores letter case",
    shows: { displayName: "Ada", name: ABSENT },
  },
  {
    id: "C12",
    clause: "RFC 7644 §3.9",
    query: "attributes=displayName,active",
    title: "takes several names",
    shows: { displayName: "Ada", active: true, name: ABSENT },
  },
  {
    id: "C14",
    clause: "RFC 7644 §3.9",
    query: "attributes=name.familyName",
    title: "shows that part alone",
    needs: NAMES,
    shows: { "name.familyName": "Lovelace", "name.givenName": ABSENT, displayName: ABSENT },
  },
  {
    id: "C15",
    clause: "RFC 7644 §3.10",
    query: `attributes=${ENTERPRISE_USER_URN}:department`,
    title: "shows an attribute of an extension",
    needs: [ENTERPRISE],
    person: { [ENTERPRISE_USER_URN]: { department: "Docs", costCenter: "7" } },
    shows: { [DEPARTMENT]: "Docs", [`["${ENTERPRISE_USER_URN}"].costCenter`]: ABSENT, displayName: ABSENT },
  },
  {
    id: "C16",
    clause: "RFC 7643 §7",
    query: "excludedAttributes=id,schemas,displayName",
    title: "leaves out what may be left out, never the id",
    shows: { id: { $present: true }, displayName: ABSENT, userName: { $present: true } },
  },
  {
    id: "C16",
    clause: "RFC 7644 §3.9",
    query: "excludedAttributes=name.givenName",
    title: "leaves out that part alone",
    needs: NAMES,
    shows: { "name.familyName": "Lovelace", "name.givenName": ABSENT, displayName: "Ada" },
  },
  {
    id: "C19",
    clause: "RFC 7644 §3.9",
    query: "attributes=unicornColour,userName",
    title: "ignores a name that nobody knows",
    shows: { userName: { $present: true }, displayName: ABSENT },
  },
  {
    id: "C20",
    clause: "RFC 7644 §3.10",
    query: `excludedAttributes=${ENTERPRISE_USER_URN}`,
    title: "leaves out a whole extension",
    needs: [ENTERPRISE],
    person: { [ENTERPRISE_USER_URN]: { department: "Docs" } },
    shows: { [`["${ENTERPRISE_USER_URN}"]`]: ABSENT, displayName: "Ada" },
  },
  {
    id: "C21",
    clause: "RFC 7643 §3",
    query: "attributes=displayName",
    title: "still shows schemas",
    shows: { schemas: { $present: true }, displayName: "Ada" },
  },
];

export const projectionCases: readonly ConformanceCase[] = [
  ...rows.map(
    ({ id, clause, query, title, needs = [], person = {}, shows }): ConformanceCase => ({
      id,
      clause,
      title: `?${query} ${title}`,
      needs,
      run: async ({ createUser, read }) => {
        const { path } = await createUser({ ...EVERYTHING, ...person });
        verifyBody(`GET ?${query}`, await read(`${path}?${query}`), shows);
      },
    }),
  ),
  {
    id: "C12",
    clause: "RFC 7644 §3.4.2.5",
    title: "?attributes=userName in a list",
    needs: [FILTER],
    run: async ({ createUser, query }) => {
      const { name } = await createUser(EVERYTHING);
      const answer = await query("/Users", { filter: `userName eq "${name}"`, attributes: "userName" });
      verifyStatus(answer, 200);
      verifyBody(answer.call, resourcesOf(answer)?.[0] ?? {}, { userName: name, displayName: ABSENT });
    },
  },
  {
    id: "C12",
    clause: "RFC 7644 §3.9",
    title: "?attributes=userName on a POST",
    run: async ({ send, userBody }) => {
      const answer = await send({ method: "POST", path: "/Users?attributes=userName", body: userBody(EVERYTHING) });
      verifyStatus(answer, 201);
      verifyBody(answer.call, answer.body, { userName: { $present: true }, displayName: ABSENT });
    },
  },
  {
    id: "C16",
    clause: "RFC 7644 §3.9",
    title: "?excludedAttributes=members of a group",
    needs: [GROUPS],
    run: async ({ createUser, createGroup, read }) => {
      const { path, name } = await createGroup([await createUser()]);
      const shown = await read(`${path}?excludedAttributes=members`);
      verifyBody(`GET ${path}`, shown, { members: ABSENT, displayName: name });
    },
  },
  {
    id: "C17",
    clause: "RFC 7644 §3.5.2",
    title: "PATCH with ?attributes= answers 200 with that part, and changes the whole no further",
    needs: [PATCH, ...NAMES],
    run: async ({ createUser, send, read }) => {
      const { path } = await createUser(EVERYTHING);
      const Operations = [{ op: "replace", path: "displayName", value: "Countess" }];
      const body = { schemas: [PATCH_OP_URN], Operations };
      const answer = await send({ method: "PATCH", path: `${path}?attributes=displayName`, body });
      verifyStatus(answer, 200);
      verifyBody(answer.call, answer.body, { displayName: "Countess", name: ABSENT });
      verifyBody("The person after it", await read(path), { displayName: "Countess", name: NAME, active: true });
    },
  },
  {
    id: "C18",
    clause: "RFC 7644 §3.9",
    title: "PATCH with ?excludedAttributes=members keeps the members",
    needs: [PATCH, GROUPS],
    run: async ({ createUser, createGroup, patch, read, mark }) => {
      const member = await createUser();
      const { path } = await createGroup([member]);
      const operation = { op: "replace", path: "displayName", value: `${mark}-renamed` };
      verifyStatus(await patch(`${path}?excludedAttributes=members`, operation), 200, 204);
      verifyBody("The group after it", await read(path), { members: [{ value: member.id }] });
    },
  },
  {
    id: "A21",
    clause: "RFC 7643 §4.1.1",
    title: "a password is never shown, whatever is asked for",
    needs: [userAttribute("password")],
    run: async ({ userBody, send }) => {
      const secret = `S3cret-${crypto.randomUUID()}`;
      const created = await send({ method: "POST", path: "/Users", body: userBody({ password: secret }) });
      verifyStatus(created, 201);
      const path = `/Users/${encodeURIComponent(String(created.body.id))}`;
      const answers = [
        created,
        await send({ method: "GET", path }),
        await send({ method: "GET", path: `${path}?attributes=password` }),
      ];
      for (const { call, text, body } of answers) {
        verify(!text.includes(secret), `The answer to ${call} contains the password.`);
        verifyEqual(`The member "password" in the answer to ${call}`, body.password, undefined);
      }
    },
  },
];
