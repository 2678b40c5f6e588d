import { expect, it } from "vitest";
import { lastWords, runCommand } from "../src/command.ts";

const node = (script: string, limitMs?: number) =>
  runCommand(process.execPath, ["-e", script], limitMs === undefined ? {} : { limitMs });

it("keeps what a command printed, and its exit code", async () => {
  const result = await node("console.log('out'); console.error('err'); process.exitCode = 3");
  expect(result).toEqual({ exitCode: 3, stdout: "out\n", stderr: "err\n" });
  expect(lastWords(result)).toBe("out\n\nerr");
});

it("ends a command that takes too long", async () => {
  expect(await node("setInterval(() => {}, 1000)", 200)).toMatchObject({ exitCode: null });
});

it("says that a command is missing, and leaves no timer behind", async () => {
  const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;
  const before = timers();
  await expect(runCommand("no-such-command", [])).rejects.toMatchObject({ code: "missing" });
  expect(timers()).toBe(before);
});
