/**
 * Bulk requests (RFC 7644 §3.7).
 *
 * @module
 */
import { PATCH_OP_URN } from "../../../urn.ts";
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { GROUPS, PATCH } from "../abilities.ts";
import type { Answer } from "../client.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { configuredNumber } from "../service.ts";
import { verify, verifyBody, verifyEqual, verifyRefusal, verifyStatus } from "../statements.ts";
import type { World } from "../world.ts";

const BULK_REQUEST = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
const BULK_RESPONSE = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";
const UNKNOWN = "/Users/00000000-0000-4000-8000-000000000000";
const REFERENCES = "RFC 7644 §3.7.2";

export const bulkCases: readonly ConformanceCase[] = [
  {
    id: "F06",
    clause: "RFC 7644 §3.7.3",
    title: "each operation is answered with its status as text, its method and its location",
    run: async (world) => {
      const made = await world.createUser();
      const operations = [
        { method: "POST", path: "/Users", bulkId: "a", data: world.userBody() },
        { method: "PUT", path: made.path, data: world.userBody({ userName: made.name, displayName: "Ada" }) },
        { method: "DELETE", path: made.path },
      ];
      const { answer, results } = await bulk(world, operations);
      verifyBody(answer.call, answer.body, { schemas: [BULK_RESPONSE] });
      verifyEqual(
        "The statuses",
        results.map(({ status }) => status),
        ["201", "200", "204"],
      );
      verifyEqual(
        "The methods",
        results.map(({ method }) => method),
        ["POST", "PUT", "DELETE"],
      );
      verifyBody("The POST", results[0] ?? {}, { bulkId: "a", location: { $regex: "/Users/[^/]+$" } });
    },
  },
  ...(["F01", "F02"] as const).map(
    (id): ConformanceCase => ({
      id,
      clause: id === "F01" ? REFERENCES : "RFC 7644 §3.7.1",
      title:
        id === "F01" ? "a bulkId refers back to what was created" : "a bulkId refers to what is created further on",
      needs: [GROUPS],
      run: async (world) => {
        const user = { method: "POST", path: "/Users", bulkId: "u", data: world.userBody() };
        const data = world.groupBody([], { members: [{ value: "bulkId:u" }] });
        const group = { method: "POST", path: "/Groups", bulkId: "g", data };
        const { results } = await bulk(world, id === "F01" ? [user, group] : [group, user]);
        verifyEqual(
          "The statuses",
          results.map(({ status }) => status),
          ["201", "201"],
        );
        const member = idOf(results.find(({ bulkId }) => bulkId === "u"));
        const made = await world.read(`/Groups/${idOf(results.find(({ bulkId }) => bulkId === "g"))}`);
        verifyBody("The group", made, { members: [{ value: member }] });
      },
    }),
  ),
  {
    id: "F03",
    clause: "RFC 7644 §3.7.3",
    title: "failOnErrors ends the work after that many errors",
    run: async (world) => {
      const operations = [
        { method: "DELETE", path: UNKNOWN },
        { method: "POST", path: "/Users", bulkId: "late", data: world.userBody() },
      ];
      const { results } = await bulk(world, operations, { failOnErrors: 1 });
      verify(!results.some(({ bulkId, status }) => bulkId === "late" && status === "201"), "The work went on.");
    },
  },
  {
    id: "F03",
    clause: "RFC 7644 §3.7.3",
    title: "without failOnErrors the work goes on after an error",
    run: async (world) => {
      const operations = [
        { method: "DELETE", path: UNKNOWN },
        { method: "POST", path: "/Users", bulkId: "late", data: world.userBody() },
      ];
      const { results } = await bulk(world, operations);
      verifyEqual(
        "The statuses",
        results.map(({ status }) => status),
        ["404", "201"],
      );
    },
  },
  {
    id: "F04",
    clause: "RFC 7644 §3.7.4",
    title: "one operation more than maxOperations answers 413",
    run: async ({ service, send }) => {
      const length = (configuredNumber(service, "bulk", "maxOperations") ?? 0) + 1;
      const Operations = Array.from({ length }, () => ({ method: "DELETE", path: UNKNOWN }));
      const body = { schemas: [BULK_REQUEST], Operations };
      verifyRefusal(await send({ method: "POST", path: "/Bulk", body }), { status: [413] });
    },
  },
  {
    id: "F05",
    clause: "RFC 7644 §3.7.4",
    title: "a body larger than maxPayloadSize answers 413",
    run: async ({ service, send }) => {
      const padding = "x".repeat(configuredNumber(service, "bulk", "maxPayloadSize") ?? 0);
      const body = { schemas: [BULK_REQUEST], Operations: [], padding };
      verifyRefusal(await send({ method: "POST", path: "/Bulk", body }), { status: [413] });
    },
  },
  {
    id: "F07",
    clause: "RFC 7644 §3.7.3",
    title: "a failed operation is answered with its error",
    run: async (world) => {
      const taken = await world.createUser();
      const data = world.userBody({ userName: taken.name });
      const { results } = await bulk(world, [{ method: "POST", path: "/Users", bulkId: "a", data }]);
      verifyBody("The operation", results[0] ?? {}, {
        status: "409",
        bulkId: "a",
        location: { $absent: true },
        "response.status": "409",
        "response.scimType": "uniqueness",
      });
    },
  },
  {
    id: "F08",
    clause: "RFC 7644 §3.7",
    title: "a POST without a bulkId is a wrong operation",
    run: async (world) => {
      const { results } = await bulk(world, [{ method: "POST", path: "/Users", data: world.userBody() }]);
      verifyEqual(
        "The statuses",
        results.map(({ status }) => status),
        ["400"],
      );
    },
  },
  {
    id: "J19",
    clause: "RFC 7644 §3.7.1",
    title: "references in a circle are resolved, or answered 409",
    needs: [GROUPS],
    run: async (world) => {
      const group = (bulkId: string, member: string) => ({
        method: "POST",
        path: "/Groups",
        bulkId,
        data: world.groupBody([], { members: [{ type: "Group", value: `bulkId:${member}` }] }),
      });
      const { results } = await bulk(world, [group("a", "b"), group("b", "a")]);
      verify(
        results.every(({ status }) => ["201", "409", "400"].includes(String(status))),
        "A circle is a fault.",
      );
      verify(results.filter(({ status }) => status === "201").length !== 1, "Half of a circle was made.");
    },
  },
  {
    id: "J20",
    clause: REFERENCES,
    title: "a bulkId in a path, and in the data of a PATCH",
    needs: [GROUPS, PATCH],
    run: async (world) => {
      const value = [{ value: "bulkId:u" }];
      const Operations = [{ op: "add", path: "members", value }];
      const schemas = [PATCH_OP_URN];
      const { results } = await bulk(world, [
        { method: "POST", path: "/Users", bulkId: "u", data: world.userBody() },
        { method: "POST", path: "/Groups", bulkId: "g", data: world.groupBody() },
        { method: "PATCH", path: "/Groups/bulkId:g", data: { schemas, Operations } },
      ]);
      verify(
        results.every(({ status }) => /^20[014]$/.test(String(status))),
        JSON.stringify(results),
      );
      const group = await world.read(`/Groups/${idOf(results[1])}`);
      verifyBody("The group", group, { members: [{ value: idOf(results[0]) }] });
    },
  },
  {
    id: "J19",
    clause: "RFC 7644 §3.7.2",
    title: "a bulkId that nothing has is no reference",
    needs: [GROUPS],
    run: async (world) => {
      const data = world.groupBody([], { members: [{ value: "bulkId:nothing" }] });
      const { results } = await bulk(world, [{ method: "POST", path: "/Groups", bulkId: "g", data }]);
      verify(["400", "409"].includes(String(results[0]?.status)), `The status is ${String(results[0]?.status)}.`);
    },
  },
];

async function bulk(
  { send }: World,
  operations: readonly JsonObject[],
  more: Readonly<Record<string, Json>> = {},
): Promise<{ readonly answer: Answer; readonly results: readonly JsonObject[] }> {
  const body = { schemas: [BULK_REQUEST], ...more, Operations: operations };
  const answer = await send({ method: "POST", path: "/Bulk", body });
  verifyStatus(answer, 200);
  const { Operations: results } = answer.body;
  return { answer, results: Array.isArray(results) ? results.filter(isJsonObject) : [] };
}

function idOf(result: JsonObject | undefined): string {
  return String(result?.location).split("/").at(-1) ?? "";
}
