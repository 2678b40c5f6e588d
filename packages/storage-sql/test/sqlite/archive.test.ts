import { describe } from "vitest";
import { archiveCases } from "../../../provisioning-engine/test/archive/archive-cases.ts";
import { sqliteStore } from "../../src/sqlite/index.ts";

describe("an archive on SQLite", () => archiveCases(() => sqliteStore({ path: ":memory:" })));
