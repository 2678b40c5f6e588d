import { describe } from "vitest";
import { familyCases } from "../../../provisioning-engine/test/inheritance/family-cases.ts";
import { sqliteStore } from "../../src/sqlite/index.ts";

describe("a family of tenants on SQLite", () => familyCases(() => sqliteStore({ path: ":memory:" })));
