import { describe } from "vitest";
import { metadataCases } from "../../../provisioning-engine/test/metadata/metadata-cases.ts";
import { sqliteStore } from "../../src/sqlite/index.ts";

describe("metadata that is kept up with, on SQLite", () => metadataCases(() => sqliteStore({ path: ":memory:" })));
