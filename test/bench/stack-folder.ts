import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Objects of each project besides the project itself: what a product with two environments and a fallback usually has. */
const PER_PROJECT = { keys: 4, models: 2, tiers: 1, members: 2 };
const PROJECT_SIZE = 1 + PER_PROJECT.keys + PER_PROJECT.models + PER_PROJECT.tiers + PER_PROJECT.members;
const PROJECTS_PER_TEAM = 5;
/** No production: its keys are not destroyed without an approval. */
const ENVIRONMENTS = ["staging", "development"] as const;

export interface FolderShape {
  readonly projects: number;
  readonly members: number;
  /** Keys of the first project beyond the usual ones. */
  readonly extraKeys: number;
}

/** The shape of a stack of so many objects: one in ten a member, the rest projects and what they own. */
export function shapeOf(objects: number): FolderShape {
  const members = Math.max(PER_PROJECT.members, Math.round(objects / 10));
  const rest = objects - 1 - ENVIRONMENTS.length - members;
  const projects = Math.max(1, Math.floor(rest / PROJECT_SIZE));
  return { projects, members, extraKeys: Math.max(0, rest - projects * PROJECT_SIZE) };
}

/** How many objects a folder of this shape declares. */
export function sizeOf({ projects, members, extraKeys }: FolderShape): number {
  return 1 + ENVIRONMENTS.length + members + projects * PROJECT_SIZE + extraKeys;
}

/**
 * Writes a stack folder: the organization in `gatehouse.yaml`, five projects to a team file. Every object differs between two
 * revisions, each in a property that is changed in place.
 */
export function writeStackFolder(folder: string, url: string, shape: FolderShape, revision = 0): void {
  mkdirSync(folder, { recursive: true });
  const projects = Array.from({ length: shape.projects }, (_, index) => index);
  writeYaml(join(folder, "gatehouse.yaml"), organizationOf(url, shape, revision));
  for (let first = 0; first < projects.length; first += PROJECTS_PER_TEAM) {
    const own = projects.slice(first, first + PROJECTS_PER_TEAM);
    writeYaml(join(folder, `team-${first / PROJECTS_PER_TEAM}.yaml`), {
      owns: { projects: own.map(slug) },
      projects: Object.fromEntries(own.map((index) => [slug(index), projectOf(index, shape, revision)])),
    });
  }
}

/** JSON is YAML. */
function writeYaml(file: string, content: object): void {
  writeFileSync(file, `${JSON.stringify(content, null, 1)}\n`);
}

function organizationOf(url: string, { members }: FolderShape, revision: number): object {
  return {
    name: "bench",
    controlPlane: { system: "gatehouse", url, credentials: { token: { env: "GATEHOUSE_TOKEN" } } },
    organization: { name: `Bench ${revision}`, plan: "enterprise" },
    members: Object.fromEntries(
      Array.from({ length: members }, (_, index) => [
        user(index),
        { role: index < 2 ? "admin" : "member", lastName: `Revision ${revision}` },
      ]),
    ),
    environmentLimits: Object.fromEntries(
      ENVIRONMENTS.map((name) => [name, { requestsPerMinute: 10_000, monthlyUsd: 100_000 + revision }]),
    ),
  };
}

function projectOf(index: number, { members, extraKeys }: FolderShape, revision: number): object {
  const [first, second] = revision % 2 === 0 ? ["small", "large"] : ["large", "small"];
  const keys = PER_PROJECT.keys + (index === 0 ? extraKeys : 0);
  return {
    name: `Project ${index}`,
    description: `Revision ${revision}`,
    launch: { owner: user(index % members) },
    members: Object.fromEntries([0, 1].map((n) => [user((index + n) % members), revision % 2 === 0 ? "viewer" : "editor"])),
    models: {
      small: { provider: "openai", identifier: "gpt-5-mini", inputUsdPerMillionTokens: 0.25 + revision },
      large: { provider: "anthropic", identifier: "claude-sonnet-5", inputUsdPerMillionTokens: 3 + revision },
    },
    routing: { tiers: { simple: { model: first, fallbacks: [second] } } },
    keys: Object.fromEntries(
      Array.from({ length: keys }, (_, number) => [`${slug(index)}-key-${number}`, keyOf(index, number, members, revision)]),
    ),
  };
}

function keyOf(project: number, number: number, members: number, revision: number): object {
  return {
    environment: ENVIRONMENTS[number % ENVIRONMENTS.length],
    ownerType: "service",
    owner: user(project % members),
    consumer: `service-${project}-${number}`,
    monthlyUsd: 100 + revision,
    rates: { requestsPerMinute: 60 },
    expiresAt: "2099-12-31",
  };
}

const slug = (index: number): string => `project-${index}`;
const user = (index: number): string => `person-${index}@bench.example`;
