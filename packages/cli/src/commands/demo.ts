/**
 * `muster demo`: plays a whole provisioning life on the example host over real HTTP, verifies each step by reading
 * back, and stays up with the console.
 *
 * @module
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "../command.ts";
import { play, resultTable } from "../demo/play.ts";
import { LIFE } from "../demo/steps/index.ts";
import { createWorld } from "../demo/world.ts";
import { listen } from "../host/http-server.ts";
import { type RunningServer, startServer } from "../host/server.ts";
import { SILENT_LOGGER } from "../logger.ts";
import { integer, optional, text, toggle } from "../option-types.ts";
import { type OptionValues, readOptions } from "../options.ts";
import { untilAskedToStop } from "../signals.ts";
import type { Terminal } from "../terminal.ts";

const OPTIONS = {
  exit: toggle("end after the scenario; the exit code is 0 only if every step was verified"),
  port: integer("port to listen on, 0 picks a free one", { min: 0, max: 65_535 }, 0),
  store: optional(text("URL", "memory: or sqlite:PATH (default a fresh SQLite file that is removed at the end)")),
};

export const DEMO: Command = {
  help: {
    usage: "muster demo",
    summary: "Plays a provisioning life: Entra, SAML, inheritance, seats, soft delete; then stays up with the console.",
    options: OPTIONS,
  },
  run: async (args, terminal) => {
    const options = readOptions("muster demo", OPTIONS, args);
    if (options.store !== undefined) return demo({ ...options, store: options.store }, terminal);
    const folder = await mkdtemp(join(tmpdir(), "muster-demo-"));
    try {
      return await demo({ ...options, store: `sqlite:${join(folder, "demo.db")}` }, terminal);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

type DemoOptions = Omit<OptionValues<typeof OPTIONS>, "store"> & { readonly store: string };

async function demo({ port, store, exit }: DemoOptions, terminal: Terminal): Promise<number> {
  const server = await startServer({
    host: "127.0.0.1",
    port,
    store,
    seed: { allowIdpInitiated: false },
    logger: SILENT_LOGGER,
  });
  const identityProvider = await listen({ host: "127.0.0.1", port: 0 });
  try {
    terminal.out(`Playing a provisioning life on ${server.description.baseUrl}\n`);
    const world = await createWorld(server.description, identityProvider.url);
    identityProvider.answer(world.idp.fetch);
    const results = await play(LIFE, world, terminal);
    terminal.out(resultTable(results));
    if (!exit) await stayUp(server, terminal);
    return results.every(({ verified }) => verified) ? 0 : 1;
  } finally {
    await identityProvider.close(0);
    await server.stop();
  }
}

async function stayUp(server: RunningServer, terminal: Terminal): Promise<void> {
  const { consoleUrl, adminToken, tenants } = server.description;
  const signIns = tenants.map(({ id, saml }) => `  Sign in at ${id.padEnd(10)}  ${saml.signInUrl}`);
  terminal.out(
    [
      "",
      `  Console                ${consoleUrl}`,
      `  Open it now            ${server.consoleLink()}`,
      `  Admin token            ${adminToken}`,
      ...signIns,
      "",
      "Everything stays up until you press Ctrl+C.",
    ].join("\n"),
  );
  await untilAskedToStop();
}
