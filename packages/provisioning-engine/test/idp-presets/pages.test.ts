/** The page of an identity provider says what its preset says, and what it gives to paste works. */
import { readFileSync } from "node:fs";
import { checkExpression, evaluateExpression, parseExpression } from "@muster/expressions";
import { SAML_ERROR_CODES } from "@muster/saml-sp";
import { describe, expect, it } from "vitest";
import { IDP_PRESETS } from "../../src/idp-presets/index.ts";
import type { ServiceProviderValue } from "../../src/idp-presets/preset.ts";
import { accountOf, connect, ENGINE_URL, type Json, startWorld } from "../admin/harness.ts";

const PAGES = new URL("../../../../docs/identity-providers/", import.meta.url);

function read(name: string): string {
  return readFileSync(new URL(`${name}.md`, PAGES), "utf8");
}

/** Without marks and line breaks. */
function plain(text: string): string {
  return text.replace(/[*`]/g, "").replace(/\s+/g, " ");
}

/** The rows of every table whose header begins with these cells, as plain text. */
function rowsOf(page: string, ...header: readonly string[]): readonly (readonly string[])[] {
  const tables = page.split(/\n(?![ ]*\|)/).map((block) => block.split("\n").filter((line) => /^ *\|/.test(line)));
  return tables.flatMap(([first = "", , ...rows]) => {
    const isMeant = header.every((cell, at) => cellsOf(first)[at] === cell);
    return isMeant ? rows.map(cellsOf) : [];
  });
}

function cellsOf(row: string): readonly string[] {
  return plain(row)
    .trim()
    .slice(1, -1)
    .split(" | ")
    .map((cell) => cell.trim());
}

/** The fenced blocks of one language. */
function blocksOf(page: string, language: string): readonly string[] {
  return [...page.matchAll(/^ *```(\w*)\n([\s\S]*?)^ *```$/gm)].flatMap(([, name, code]) =>
    name === language && code !== undefined ? [code] : [],
  );
}

const OURS: Readonly<Record<ServiceProviderValue, string>> = {
  acsUrl: "callback path",
  entityId: "service provider entity id",
  signInUrl: "sign-in page",
  metadataUrl: "the metadata address",
};

describe.each(IDP_PRESETS)("the page of $name", (preset) => {
  const page = read(preset.kind);
  const text = plain(page);

  it("R74: is in the list", () => {
    expect(read("README")).toContain(`(${preset.kind}.md)`);
  });

  it("R76, R77: has each of our values under the label of the preset, and no other", () => {
    const rows = rowsOf(page, "its field", "our value");
    expect(rows.map(([label]) => label).toSorted()).toEqual(Object.values(preset.labels).toSorted());
    for (const [value, label] of Object.entries(preset.labels) as [ServiceProviderValue, string][]) {
      expect(rows.find(([given]) => given === label)?.[1]).toContain(OURS[value].replace("the metadata", "metadata"));
    }
  });

  it("R83: has each of its values under the label of the preset", () => {
    const { metadata, ssoUrl, entityId, certificate } = preset.ownLabels;
    expect(rowsOf(page, "its field", "our field")).toEqual([
      [metadata, preset.metadata === "file" ? "metadata, as a file" : "metadata, by address or as a file"],
      [ssoUrl, "sign-on URL"],
      [entityId, "identity provider entity id"],
      [certificate, "certificate"],
    ]);
  });

  it("R80, R81: names the attributes as the preset does", () => {
    const named = rowsOf(page, "what").map(([what, name]) => [what, name]);
    expect(named).toEqual(
      expect.arrayContaining([
        ["e-mail", preset.attributeNames.email],
        ["name", preset.attributeNames.name],
      ]),
    );
  });

  it("says where to change what, in the words of the preset", () => {
    for (const place of [preset.screen, ...Object.values(preset.whereToChange)]) {
      expect(text.toLowerCase()).toContain(plain(place).toLowerCase());
    }
  });
});

describe("what the pages give to paste", () => {
  it("R15: Entra's expression makes users of the titles that the page names, and readers of the rest", () => {
    const [source = ""] = blocksOf(read("entra"), "");
    const expression = parseExpression(source);
    expect(checkExpression(expression).filter(({ severity }) => severity === "error")).toEqual([]);
    const valueFor = (jobTitle: string | undefined) =>
      evaluateExpression(expression, {
        attributes: jobTitle === undefined ? {} : { jobTitle },
        now: new Date(0),
        random: () => 0,
        newGuid: () => "",
      });
    expect(["Manager", "Team Lead", "Writer", "manager", undefined].map(valueFor)).toMatchObject(
      ["True", "True", "False", "False", "False"].map((value) => ({ value })),
    );
  });

  it("R19: OneLogin's template makes a reader, and a user with the lines about isTeamAccount", async () => {
    const [template = "", kindLines = ""] = blocksOf(read("onelogin"), "json");
    const filled = (userName: string, isTeamAccount: string) =>
      JSON.parse(
        JSON.stringify({ ...JSON.parse(template), ...JSON.parse(kindLines) })
          .replaceAll("{$parameters.scimusername}", userName)
          .replaceAll("{$parameters.isTeamAccount}", isTeamAccount)
          .replaceAll(/\{\$[a-z_.]+\}/g, ""),
      );
    const world = startWorld();
    await world.admin.tenants.create({ id: "acme" });
    const { request } = await connect(world, "acme");
    expect((await request("POST", "/Users", filled("mira", "true"))).status).toBe(201);
    expect((await request("POST", "/Users", filled("noor", "false"))).status).toBe(201);
    expect((await accountOf(world, "acme", "mira")).kind).toBe("user");
    expect((await accountOf(world, "acme", "noor")).kind).toBe("reader");
    const { status, body } = await request("POST", "/Users", filled("omar", ""));
    expect([status, body.detail]).toEqual([400, expect.stringContaining('must be a boolean; got ""')]);
  });
});

describe("the tables of failures", () => {
  const README = read("README");

  it("R82: know only codes that there are", () => {
    const ACCOUNT_CODES = ["not_provisioned", "account_inactive", "account_pending", "account_suspended"];
    const known = new Set<string>([...SAML_ERROR_CODES, ...ACCOUNT_CODES]);
    const codesOf = (cells: readonly (readonly string[])[]) =>
      cells.flatMap(([cell = ""]) => cell.split(", ")).filter((cell) => /^[a-z]+(_[a-z]+)+$/.test(cell));
    const codes = codesOf(rowsOf(README, "code"));
    expect(codes.length).toBeGreaterThan(20);
    for (const { kind } of IDP_PRESETS) codes.push(...codesOf(rowsOf(read(kind), "you see")));
    expect(codes.filter((code) => !known.has(code))).toEqual([]);
  });

  it("R64, R65, R66: quote what the engine says", async () => {
    const said = await provokeFailures();
    const sentences = rowsOf(README, "sentence").flatMap(([sentence = ""]) => sentence.split(" / "));
    expect(sentences.length).toBeGreaterThan(10);
    const unsaid = sentences.filter((sentence) => !said.some((text) => isQuoteOf(sentence, text)));
    // Said while the store is away.
    expect(unsaid).toEqual(["The service cannot answer now. Try again in a few seconds."]);
  });
});

/** "…" stands for anything. */
function isQuoteOf(sentence: string, said: string): boolean {
  let at = 0;
  for (const piece of sentence.split("…")) {
    at = said.indexOf(piece, at);
    if (at < 0) return false;
    at += piece.length;
  }
  return true;
}

const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
const TEAM = "urn:ietf:params:scim:schemas:extension:document360:2.0:User";

/** @returns every sentence that the identity provider or the admin got to read */
async function provokeFailures(): Promise<readonly string[]> {
  const world = startWorld();
  const { admin } = world;
  await admin.tenants.create({ id: "acme" });
  const { request, push, pushGroup, patch } = await connect(world, "acme");
  const details: string[] = [];
  const refused = async (answer: Promise<{ readonly body: Json }>) => details.push((await answer).body.detail);
  const create = (path: string, resource: object) => refused(request("POST", path, resource));

  const mira = await push({ userName: "mira", team: true });
  await admin.accounts.update("acme", (await accountOf(world, "acme", "mira")).id, { role: "Owner" });
  await refused(patch(`/Users/${mira}`, { op: "replace", value: { active: false } }));
  await refused(patch(`/Users/${mira}`, { op: "replace", path: 'phoneNumbers[type eq "work"].value', value: "1" }));
  await admin.accounts.create("acme", { userName: "hand", email: "hand@acme.example", kind: "reader" });
  await create("/Users", { schemas: [USER], userName: "mira" });
  await create("/Users", { schemas: [USER], userName: "noor", emails: [{ value: "hand@acme.example" }] });
  await create("/Users", { schemas: [USER], userName: "omar", [TEAM]: { isTeamAccount: "" } });
  await create("/Users", { schemas: ["urn:scim:schemas:core:1.0"], userName: "pia" });
  await pushGroup("Docs team", ["nobody"]);
  await create("/Groups", { schemas: [GROUP], displayName: "Docs team" });
  await create("/Groups", { schemas: [GROUP], displayName: "All", members: [{ value: "1", type: "Group" }] });
  await admin.tenants.update("acme", { seatLimits: { user: 1 } });
  await push({ userName: "rosa", team: true });
  await admin.connections.update("acme", { onSeatLimit: "reject" });
  await create("/Users", { schemas: [USER], userName: "sami", [TEAM]: { isTeamAccount: true } });

  const { scim } = await admin.connections.get("acme");
  const users = `${scim?.baseUrl.slice(ENGINE_URL.length)}/Users`;
  await refused(world.send(users));
  await refused(world.send(users, { headers: { authorization: "Bearer wrong" } }));
  const filed = await admin.syncFailures.list("acme");
  return [...details, ...filed.items.map(({ message }) => message)];
}
