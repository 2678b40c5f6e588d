import { describe } from "vitest";
import { retentionCases } from "../../../provisioning-engine/test/sync/retention-cases.ts";
import { sqliteStore } from "../../src/sqlite/index.ts";

describe("retention on SQLite", () => retentionCases(() => sqliteStore({ path: ":memory:" })));
