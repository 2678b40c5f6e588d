import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, vi } from "vitest";

it("prints who was created, over a real listener", async () => {
  vi.stubEnv("PORT", String(await freePort()));
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await import("../src/main.ts");
  await vi.waitFor(() => expect(log).toHaveBeenCalledTimes(3), 10_000);
  expect(log.mock.calls).toEqual([
    ["account.created", "acme", "user", "mira.okafor@brightharbor.example"],
    ["account.created", "acme", "user", "tomas.lind@brightharbor.example"],
    ["account.created", "acme", "reader", "priya.nair@brightharbor.example"],
  ]);
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
