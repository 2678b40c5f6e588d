import { describe } from "vitest";
import { raceCases } from "../../../provisioning-engine/test/directory/race-cases.ts";
import { sqliteStore } from "../../src/sqlite/index.ts";

describe("requests that meet on SQLite", () => raceCases(() => sqliteStore({ path: ":memory:" })));
