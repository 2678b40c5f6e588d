/**
 * The suites of `pnpm interop scim` and `pnpm interop saml`, the quick ones first.
 *
 * @module
 */
import type { Suite } from "../suite.ts";
import { KEYCLOAK } from "./keycloak.ts";
import { OKTA_SPEC } from "./okta-spec.ts";
import { PYSAML2 } from "./pysaml2.ts";
import { SCIM_SANITY } from "./scim-sanity.ts";
import { SCIM2_TEST_SUITE } from "./scim2-test-suite.ts";
import { SCIM2_TESTER } from "./scim2-tester.ts";
import { TRANSCRIPTS } from "./transcripts.ts";
import { XMLSEC1 } from "./xmlsec1.ts";

export const SCIM_SUITES: readonly Suite[] = [TRANSCRIPTS, OKTA_SPEC, SCIM_SANITY, SCIM2_TESTER, SCIM2_TEST_SUITE];

export const SAML_SUITES: readonly Suite[] = [XMLSEC1, PYSAML2, KEYCLOAK];
