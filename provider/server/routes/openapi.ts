import { objectSchema } from "../../../schema/field.js";
import { type Kind, ownerField } from "../../../schema/kind.js";
import { writableFields } from "../objects/writable-fields.js";

/** JSON Schemas of one route, as the framework takes them for documentation. */
type RouteSchema = Record<string, unknown>;

const TEXT = { type: "string" };
const BEARER = [{ bearer: [] }];

const PROBLEM = {
  type: "object",
  description: "A problem document (RFC 9457).",
  properties: {
    type: TEXT,
    title: TEXT,
    status: { type: "integer" },
    code: { ...TEXT, description: "Stable word for programs." },
    detail: TEXT,
    instance: TEXT,
    requestId: TEXT,
    errors: { type: "array", items: { type: "object", properties: { property: TEXT, reason: TEXT } } },
  },
  required: ["type", "title", "status", "code", "detail", "requestId"],
};

/** Schemas of the routes of a kind, derived from its descriptor. */
export function kindSchemas(kind: Kind) {
  const input = objectSchema(writableFields(kind));
  const output = outputSchema(kind);
  const { required: _required, ...change } = input;
  const route = (summary: string, status: number, answer: unknown, more: RouteSchema = {}): RouteSchema => ({
    tags: [kind.name],
    summary,
    security: BEARER,
    ...more,
    response: { [status]: answer, default: PROBLEM },
  });
  const list = {
    type: "object",
    properties: { items: { type: "array", items: output }, nextCursor: { type: ["string", "null"] } },
    required: ["items", "nextCursor"],
  };
  const paging = { type: "object", properties: { limit: { type: "integer", minimum: 1, maximum: 1000, default: 1000 }, cursor: TEXT } };
  const idempotency = { type: "object", properties: { "idempotency-key": TEXT } };
  return {
    list: route(`List ${kind.name} objects`, 200, list, { querystring: paging }),
    create: route(`Create a ${kind.name}`, 201, output, { body: input, headers: idempotency }),
    read: route(`Read a ${kind.name}`, 200, output),
    update: route(`Change a ${kind.name} (JSON merge patch)`, 200, output, {
      body: { ...change, description: "Null clears an optional property." },
    }),
    delete: route(`Delete a ${kind.name}`, 204, { type: "null" }),
    action: (name: string) => route(`${name} a ${kind.name}`, 200, { type: "object" }),
  };
}

function outputSchema(kind: Kind): RouteSchema {
  const owner = ownerField(kind);
  const fields = Object.entries(kind.fields).filter(([, f]) => !f.flags.local && (!f.flags.secret || f.flags.revealedOnce));
  return {
    type: "object",
    properties: {
      id: TEXT,
      ...(owner !== undefined && { [owner]: TEXT }),
      ...Object.fromEntries(fields.map(([name, field]) => [name, field.schema])),
      builtIn: { type: "boolean", description: "There before anybody declared it." },
      createdAt: { type: "string", format: "date-time" },
      updatedAt: { type: "string", format: "date-time" },
    },
    required: ["id", "createdAt", "updatedAt"],
  };
}
