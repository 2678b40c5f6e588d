/** Who may import whom (ARCHITECTURE.md). A new package gets its arrows here first. */
const ALLOWED = {
  "scim-core": [],
  "saml-sp": [],
  expressions: [],
  "provisioning-engine": ["scim-core", "saml-sp", "expressions"],
  "storage-sql": ["provisioning-engine"],
  "transport-node": [],
  console: ["provisioning-engine"],
  "idp-simulator": ["saml-sp"],
  cli: ["provisioning-engine", "storage-sql", "console", "idp-simulator", "scim-core", "transport-node"],
};

const arrows = Object.entries(ALLOWED).map(([name, allowed]) => ({
  name: `${name}-arrows`,
  comment: `${name} may import only: ${allowed.join(", ") || "no other package"}.`,
  severity: "error",
  from: { path: `^packages/${name}/src/` },
  to: { path: "^packages/([^/]+)/", pathNot: `^packages/(${[name, ...allowed].join("|")})/` },
}));

/** From outside, a package is its public subpaths. */
const internals = {
  name: "no-internals-of-other-packages",
  severity: "error",
  from: { path: "^(packages|examples|bench)/([^/]+)/" },
  to: {
    path: "^packages/[^/]+/src/",
    pathNot: [
      "^packages/$2/",
      "^packages/[^/]+/src/index\\.ts$",
      "^packages/(scim-core|saml-sp)/src/(http|testing)/index\\.ts$",
      "^packages/provisioning-engine/src/(ports|testing)/index\\.ts$",
      "^packages/storage-sql/src/(sqlite)/index\\.ts$",
    ],
  },
};

export default {
  forbidden: [
    ...arrows,
    internals,
    {
      name: "storage-sees-ports-only",
      severity: "error",
      from: { path: "^packages/storage-sql/src/" },
      to: { path: "^packages/provisioning-engine/src/", pathNot: "^packages/provisioning-engine/src/ports/" },
    },
    {
      name: "ports-stand-alone",
      comment: "The ports are importable without the engine behind them.",
      severity: "error",
      from: { path: "^packages/provisioning-engine/src/ports/" },
      to: { path: "^packages/", pathNot: "^packages/(provisioning-engine/src/(ports/|errors\\.ts)|scim-core/src/)" },
    },
    {
      name: "simulator-and-test-kits-stay-out-of-production",
      severity: "error",
      from: {
        path: "^packages/(provisioning-engine|storage-sql|transport-node|console)/src/",
        pathNot: "/src/testing/",
      },
      to: { path: "/src/testing/|^packages/idp-simulator/" },
    },
    {
      name: "cli-sees-only-the-kits-of-scim-core",
      severity: "error",
      from: { path: "^packages/cli/src/" },
      to: { path: "^packages/scim-core/src/", pathNot: "^packages/scim-core/src/testing/" },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "no-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "/dist/|/node_modules/|\\.config\\.ts$" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["@muster/source", "import", "node", "default"],
    },
  },
};
