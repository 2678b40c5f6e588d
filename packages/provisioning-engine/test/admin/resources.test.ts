import { describe, expect, expectTypeOf, it } from "vitest";
import {
  complex,
  defineResourceType,
  defineSchema,
  extension,
  flag,
  integer,
  isProvisioningError,
  text,
} from "../../src/index.ts";
import { z } from "../../src/validation/zod.ts";
import { connect, startWorld } from "./harness.ts";

const DEVICE = "urn:example:Device";
const WARRANTY = "urn:example:Warranty";
const warranty = extension(WARRANTY, { until: text(), extended: flag({ default: false }) });
const devices = defineResourceType({
  name: "Device",
  endpoint: "/Devices",
  schema: defineSchema(DEVICE, "Device", {
    serial: text({ required: true, uniqueness: "server", validate: z.string().regex(/^SN-/, "begin with SN-") }),
    shared: flag({ default: true }),
    place: complex({ floor: integer() }),
  }),
  extensions: [warranty],
});
const badges = defineResourceType({ name: "Badge", endpoint: "/Badges", schema: defineSchema("urn:b:b", "Badge", {}) });

async function openWorld() {
  const world = startWorld({ resourceTypes: [devices] });
  await world.admin.tenants.create({ id: "acme" });
  await world.admin.tenants.create({ id: "docs", parent: "acme" });
  const directory = await connect(world, "acme");
  const push = async (given: object): Promise<string> => {
    const { status, body } = await directory.request("POST", "/Devices", { schemas: [DEVICE], ...given });
    expect(status, body.detail).toBe(201);
    return body.id;
  };
  return { ...world, directory, push };
}

describe("admin.resources", () => {
  it("reads a resource with the types of its fields", async () => {
    const { admin, push } = await openWorld();
    const given = { serial: "SN-1", place: { floor: 2 }, externalId: "e-1", [WARRANTY]: { until: "2030" } };
    const device = await admin.resources.get("acme", devices, await push(given));
    expectTypeOf(device.values.serial).toEqualTypeOf<string | undefined>();
    expectTypeOf(device.values.place?.floor).toEqualTypeOf<number | undefined>();
    expect(device).toMatchObject({
      externalId: "e-1",
      values: { serial: "SN-1", shared: true, place: { floor: 2 } },
      createdAt: "2026-03-01T12:00:00.000Z",
      modifiedAt: "2026-03-01T12:00:00.000Z",
    });
    expect(Object.keys(device.values)).not.toContain(WARRANTY);
    expect(device.get(warranty)).toEqual({ until: "2030", extended: false });
  });

  it("lists in order of creation, in pages; a child reads its parent's", async () => {
    const { admin, push } = await openWorld();
    const ids: string[] = [];
    for (const serial of ["SN-3", "SN-1", "SN-2"]) ids.push(await push({ serial }));
    const first = await admin.resources.list("docs", devices, { limit: 2 });
    const second = await admin.resources.list("docs", devices, { limit: 2, cursor: first.nextCursor });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
    expect(second.nextCursor).toBeUndefined();
  });

  it("J02: another tenant has none of them", async () => {
    const { admin, push } = await openWorld();
    const id = await push({ serial: "SN-1" });
    await admin.tenants.create({ id: "globex" });
    expect((await admin.resources.list("globex", devices)).items).toEqual([]);
    await expect(admin.resources.get("globex", devices, id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("refuses a type that is not served, and pages that are none", async () => {
    const { admin } = await openWorld();
    const refused = { code: "invalid_request" };
    await expect(admin.resources.list("acme", badges)).rejects.toMatchObject(refused);
    await expect(admin.resources.get("acme", badges, "x")).rejects.toMatchObject(refused);
    await expect(admin.resources.list("acme", devices, { limit: 0 })).rejects.toMatchObject(refused);
    const error: unknown = await admin.resources.list("nowhere", devices).catch((thrown: unknown) => thrown);
    expect(isProvisioningError(error) && error.code).toBe("not_found");
  });

  it("A23: a rule of Zod answers in its own words", async () => {
    const { directory } = await openWorld();
    const refusal = await directory.request("POST", "/Devices", { schemas: [DEVICE], serial: "1" });
    expect(refusal).toMatchObject({
      status: 400,
      body: { scimType: "invalidValue", detail: "serial: begin with SN-." },
    });
  });

  it("refuses an asynchronous rule of Zod", () => {
    const slow = z.string().refine(async () => true);
    expect(() => text({ validate: slow })).toThrow(/must be synchronous/);
  });
});
