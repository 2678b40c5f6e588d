import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { createEntraClient, makePeople } from "@muster/idp-simulator";
import { TEST_KEY_PAIRS } from "@muster/saml-sp/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ServerDescription } from "../src/index.ts";
import { type CommandProcess, descriptionOf, startCommand, startProcess } from "./process.ts";

const WORKSPACE = new URL("../../../scripts/workspace.mjs", import.meta.url).href;

let folder = "";
let started: CommandProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "muster-main-"));
});
afterEach(async () => {
  for (const { child } of started) child.kill("SIGKILL");
  await Promise.all(started.map(({ ended }) => ended));
  started = [];
  rmSync(folder, { recursive: true, force: true });
});

function start(args: readonly string[], environment?: Record<string, string>): CommandProcess {
  const command = startCommand(args, environment);
  started.push(command);
  return command;
}

const serve = (...args: readonly string[]) =>
  start(["serve", "--port", "0", "--json", "--store", `sqlite:${join(folder, "dev.db")}`, ...args]);

function scimOf(description: ServerDescription): { readonly baseUrl: string; readonly token: string } {
  const scim = description.tenants[0]?.scim;
  if (scim === undefined || scim === null) throw new Error("The first tenant has no SCIM access.");
  return scim;
}

describe("muster serve", () => {
  it("contract 2: prints one JSON object first, logs to stderr, and ends with 0 within 5 s of SIGTERM", async () => {
    const command = serve();
    const description = await descriptionOf(command);
    const [mira] = makePeople(1);
    await createEntraClient(scimOf(description)).provisionPerson(mira as NonNullable<typeof mira>);
    const asked = performance.now();
    command.child.kill("SIGTERM");
    expect(await command.ended).toBe(0);
    expect(performance.now() - asked).toBeLessThan(5_000);
    expect(command.out).toHaveLength(1);
    expect(command.err.join("\n")).toContain("account.created");
  });

  it("C2: finishes a request in flight, though the signal comes once for everybody who passes it on", async () => {
    const command = serve();
    const { baseUrl, token } = scimOf(await descriptionOf(command));
    let send: (text: string) => void = () => undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        send = (text) => {
          controller.enqueue(new TextEncoder().encode(text));
          if (text.endsWith("}")) controller.close();
        };
      },
    });
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/scim+json" };
    const answer = fetch(`${baseUrl}/Users`, { method: "POST", headers, body, duplex: "half" } as RequestInit);
    send('{ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": ');
    await setTimeout(200);
    for (let time = 0; time < 3; time++) {
      command.child.kill("SIGTERM");
      await setTimeout(100);
    }
    send('"mira" }');
    expect((await answer).status).toBe(201);
    expect(await command.ended).toBe(0);
  });

  it("C2: ends when the package manager that started it is gone", async () => {
    const serve = JSON.stringify(["serve", "--port", "0", "--json", "--store", "memory:"]);
    const script = `import { runMuster } from "${WORKSPACE}"; runMuster(${serve});`;
    const manager = startProcess(
      "/bin/sh",
      ["-c", '"$0" --input-type=module -e "$1"; exit $?', process.execPath, script],
      {
        npm_lifecycle_event: "muster",
      },
    );
    started.push(manager);
    const { baseUrl } = await descriptionOf(manager);
    manager.child.kill("SIGKILL");
    await expect
      .poll(
        () =>
          fetch(`${baseUrl}/healthz`).then(
            () => "up",
            () => "down",
          ),
        { timeout: 5_000 },
      )
      .toBe("down");
  });

  it("loses no acknowledged write when it is killed in the middle of a cycle", async () => {
    const first = serve();
    const client = createEntraClient(scimOf(await descriptionOf(first)));
    const acknowledged: string[] = [];
    for (const [index, person] of makePeople(400).entries()) {
      if (index === 60) void setTimeout(5).then(() => first.child.kill("SIGKILL"));
      try {
        await client.provisionPerson(person);
      } catch {
        break;
      }
      acknowledged.push(person.userName);
    }
    expect(await first.ended).toBe("SIGKILL");
    expect(acknowledged.length).toBeGreaterThanOrEqual(60);

    const again = createEntraClient(scimOf(await descriptionOf(serve())));
    const found = await Promise.all(acknowledged.map((userName) => again.findPerson(userName)));
    expect(found.map((resource) => resource?.userName)).toEqual(acknowledged);
  });

  it("tells readably that the port is in use, with exit code 1", async () => {
    const { baseUrl } = await descriptionOf(serve());
    const { port } = new URL(baseUrl);
    const second = start(["serve", "--port", port, "--store", "memory:"]);
    expect(await second.ended).toBe(1);
    expect(second.err).toEqual([expect.stringMatching(`^Port ${port} on 127.0.0.1 is in use`)]);
  });

  it("takes keys from a file, and refuses one without, with exit code 1", async () => {
    const { privateKey, certificate } = TEST_KEY_PAIRS.serviceProvider;
    const file = join(folder, "sso.pem");
    const args = ["serve", "--port", "0", "--json", "--store", "memory:", "--sso-keys", file];
    const missing = start(args);
    expect(await missing.ended).toBe(1);
    expect(missing.err).toEqual([expect.stringMatching("^--sso-keys: cannot read ")]);
    writeFileSync(file, certificate);
    const unusable = start(args);
    expect(await unusable.ended).toBe(1);
    expect(unusable.err[0]).toMatch("--sso-keys: There is no private key in it.");
    writeFileSync(file, privateKey + certificate);
    const { tenants } = await descriptionOf(start(args));
    const metadata = await (await fetch(tenants[0]?.saml.metadataUrl ?? "")).text();
    expect(metadata).toContain("SingleLogoutService");
  });

  it("survives a reader that goes away", async () => {
    const command = serve();
    const { baseUrl } = await descriptionOf(command);
    command.child.stdout?.destroy();
    command.child.stderr?.destroy();
    expect((await fetch(`${baseUrl}/healthz`)).status).toBe(200);
    command.child.kill("SIGINT");
    expect(await command.ended).toBe(0);
  });

  it("takes the admin token from the environment, and refuses a weak one", async () => {
    const token = "an-admin-token-of-some-length";
    const good = start(["serve", "--port", "0", "--json", "--store", "memory:"], { MUSTER_ADMIN_TOKEN: token });
    expect((await descriptionOf(good)).adminToken).toBe(token);
    const weak = start(["serve", "--port", "0", "--store", "memory:"], { MUSTER_ADMIN_TOKEN: "admin" });
    expect(await weak.ended).toBe(2);
    expect(weak.err.join("\n")).toContain("MUSTER_ADMIN_TOKEN");
  });
});
