import { describe } from "vitest";
import { staleFailureCases } from "../../../provisioning-engine/test/sync/stale-failure-cases.ts";
import { sqliteStore } from "../../src/sqlite/index.ts";

describe("failures on SQLite", () => staleFailureCases(() => sqliteStore({ path: ":memory:" })));
