/**
 * Everything that the steps of the demonstration act on. The steps share no other state: each reads back what the
 * earlier ones left in the service.
 *
 * @module
 */
import {
  createEntraClient,
  createSamlIdentityProvider,
  type DirectoryGroup,
  type DirectoryPerson,
  makeGroups,
  makePeople,
  type ProvisioningClient,
  type SamlIdentityProvider,
  type SamlPerson,
} from "@muster/idp-simulator";
import type { ServerDescription, TenantDescription } from "../host/description.ts";
import { type Browser, createBrowser } from "./browser.ts";
import { type ManagementApi, managementApi } from "./management-api.ts";
import { verifyPresent } from "./verify.ts";

export interface World {
  readonly acme: TenantDescription;
  /** The children, which inherit from acme. */
  readonly docs: TenantDescription;
  readonly help: TenantDescription;
  /** Entra's provisioning agent, connected to acme. */
  readonly entra: ProvisioningClient;
  readonly idp: SamlIdentityProvider;
  readonly api: ManagementApi;
  /** The browser of the person who signs in. */
  readonly browser: Browser;
  readonly cast: Cast;
}

/** Who plays which part; nobody plays two that would disturb each other. */
export interface Cast {
  /** The six people of the first push: four users, two readers. */
  readonly people: readonly DirectoryPerson[];
  /** Signs in, is deactivated, comes back. */
  readonly member: DirectoryPerson;
  /** Marries and gets a new name. */
  readonly renamed: DirectoryPerson;
  /** Joins the team: reader becomes user. */
  readonly promoted: DirectoryPerson;
  /** Leaves the company and is hired again. */
  readonly rehired: DirectoryPerson;
  /** Is pushed a second time under another id. */
  readonly doubled: DirectoryPerson;
  /** Comes when the seats are taken. */
  readonly latecomer: DirectoryPerson;
  readonly group: DirectoryGroup;
}

/** The parts of a cast take seven people; ranges begin at a multiple of three, which keeps users and readers in place. */
const CAST_SIZE = 7;

/**
 * @param server the running host
 * @param idpUrl where the SAML identity provider will be reachable
 */
export async function createWorld(server: ServerDescription, idpUrl: string): Promise<World> {
  const tenant = (id: string) =>
    verifyPresent(
      `tenant ${id}`,
      server.tenants.find((candidate) => candidate.id === id),
    );
  const [acme, docs, help] = [tenant("acme"), tenant("acme-docs"), tenant("acme-help")];
  const api = managementApi(server);
  const cast = chooseCast((await api.accounts(acme.id)).length);
  return {
    acme,
    docs,
    help,
    api,
    cast,
    entra: createEntraClient(verifyPresent("SCIM access of acme", acme.scim)),
    idp: createSamlIdentityProvider({
      baseUrl: idpUrl,
      serviceProviders: () => [acme.saml, docs.saml, help.saml],
      people: () => cast.people.map(samlPerson),
    }),
    browser: createBrowser(),
  };
}

/** The person as the SAML identity provider knows them. */
export function samlPerson({ userName, email, displayName }: DirectoryPerson): SamlPerson {
  return { nameId: userName, email, name: displayName };
}

/** A store that was played on before has these accounts already; the new cast shares nobody with the old one. */
function chooseCast(existing: number): Cast {
  const round = Math.ceil(existing / CAST_SIZE);
  const people = makePeople(CAST_SIZE, round * 9);
  const [member, renamed, promoted, rehired, doubled, , latecomer] = people as readonly DirectoryPerson[] & Parts;
  const [group] = makeGroups(1, round * 8) as [DirectoryGroup];
  return { people: people.slice(0, 6), member, renamed, promoted, rehired, doubled, latecomer, group };
}

type Parts = readonly [
  DirectoryPerson,
  DirectoryPerson,
  DirectoryPerson,
  DirectoryPerson,
  DirectoryPerson,
  DirectoryPerson,
  DirectoryPerson,
];
