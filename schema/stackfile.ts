import type { JsonSchema } from "./field.js";
import { keysBelow, type PlacedKind, placesUnder } from "./places.js";
import { BLOCKS } from "./stackfile-blocks.js";
import { collectionSchema, type Doc, entrySchema } from "./stackfile-entry.js";

/** Blocks of a team file, which begins with `owns`. */
const TEAM_BLOCKS = ["owns", "adopt", "projects"];

/** Settings of `projects` that concern projects of others too. */
const BEYOND_A_TEAM = ["$exclusive", "$ignore", "$remove"];

/**
 * JSON Schema (draft 2020-12) of a stack file, built from the kinds: `gatehouse.yaml`, and team files, which are told by their
 * `owns`. `doc` gives the descriptions that editors show.
 */
export function stackFileSchema(doc: Doc = () => undefined): JsonSchema {
  const properties = { ...BLOCKS, ...structure(undefined, [], doc) };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "urn:gatehouse:stackfile",
    title: "a Gatehouse stack file (a mapping that begins with name, or with owns in a team file)",
    type: "object",
    additionalProperties: false,
    properties,
    if: { required: ["owns"] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    then: { properties: teamLimits(Object.keys(properties)) },
    else: { required: ["name"] },
    dependentSchemas: { controlPlanes: { properties: { controlPlane: refused("stands beside controlPlanes: keep one of the two") } } },
  };
}

/** The keys below one point of the file, each with what may stand there. */
function structure(owner: string | undefined, at: readonly string[], doc: Doc): Record<string, JsonSchema> {
  return Object.fromEntries(keysBelow(owner, at).map((key) => [key, placeSchema(owner, [...at, key], doc)]));
}

function placeSchema(owner: string | undefined, at: readonly string[], doc: Doc): JsonSchema {
  const below = structure(owner, at, doc);
  const placed = placedAt(owner, at);
  if (placed === undefined) {
    return { type: "object", additionalProperties: false, properties: below, description: `Holds ${Object.keys(below).join(", ")}.` };
  }
  const nested = structure(placed.kind.name, [], doc);
  if (placed.place.keyField === undefined) return entrySchema(placed, { ...nested, ...below }, doc);
  return collectionSchema(placed, entrySchema(placed, nested, doc), doc);
}

function placedAt(owner: string | undefined, at: readonly string[]): PlacedKind | undefined {
  const here = placesUnder(owner).filter(({ place }) => place.at.join("/") === at.join("/"));
  if (here.length > 1) throw new Error(`${here.map(({ kind }) => kind.name).join(" and ")} stand at the same place: ${at.join(".")}`);
  return here[0];
}

/** A team file is sovereign over its own projects and over nothing else, so neither over the projects of others. */
function teamLimits(blocks: readonly string[]): Record<string, JsonSchema> {
  const others = blocks.filter((name) => !TEAM_BLOCKS.includes(name));
  const refusals = others.map((name) => [
    name,
    refused("does not belong in a team file, which holds owns, adopt and projects only: move it to gatehouse.yaml"),
  ]);
  const settings = BEYOND_A_TEAM.map((name) => [
    name,
    refused("would reach beyond this file's own projects: move it to projects in gatehouse.yaml"),
  ]);
  return { ...Object.fromEntries(refusals), projects: { properties: Object.fromEntries(settings) } };
}

/** Refuses whatever stands there; the description is the reason that is told. */
function refused(description: string): JsonSchema {
  return { not: {}, description };
}
