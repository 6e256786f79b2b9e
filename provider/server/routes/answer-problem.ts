import { STATUS_CODES } from "node:http";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import type { Profile } from "../profiles/profile.js";
import { Refusal } from "../refusal.js";

/** The refusal of an address that is none, which must never be taken for a gone object. */
export function noSuchRoute(request: FastifyRequest): Refusal {
  const detail = `there is no ${request.method} ${pathOf(request)} here: see /openapi.json`;
  return new Refusal({ status: 404, code: "no_such_route", detail });
}

/** Answers any error as a problem document (RFC 9457). What is no refusal is a defect: it is logged and told without details. */
export function answerProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  { log, writeRefusal }: { readonly log: (line: string) => void; readonly writeRefusal?: Profile["writeRefusal"] },
): FastifyReply {
  const refusal = error instanceof Refusal ? error : (refusalOfFramework(error as FastifyError) ?? defect(error, request, log));
  const { status, code, detail, errors, headers } = refusal.parts;
  const own = writeRefusal?.(refusal.parts, { id: request.id, path: pathOf(request) });
  const problem = {
    type: `urn:gatehouse:problem:${code}`,
    title: STATUS_CODES[status] ?? "Error",
    status,
    code,
    detail,
    instance: pathOf(request),
    requestId: request.id,
    ...(errors !== undefined && { errors }),
  };
  return reply
    .code(own?.status ?? status)
    .headers(headers ?? {})
    .type(own?.contentType ?? "application/problem+json")
    .serializer(JSON.stringify)
    .send(own?.body ?? problem);
}

/** Errors of the framework that are the client's doing. */
function refusalOfFramework(error: FastifyError): Refusal | undefined {
  const status = error.statusCode ?? 500;
  if (status === 413) return new Refusal({ status, code: "too_large", detail: "the body is larger than 1 MB: send less at once" });
  if (status === 415) return new Refusal({ status, code: "unsupported_media_type", detail: "the body must be application/json" });
  if (error instanceof SyntaxError || error.code === "FST_ERR_CTP_INVALID_JSON_BODY") {
    return new Refusal({ status: 400, code: "malformed_json", detail: "the body is no valid JSON" });
  }
  return status >= 400 && status < 500 ? new Refusal({ status, code: "bad_request", detail: "the request cannot be read" }) : undefined;
}

function defect(error: unknown, request: FastifyRequest, log: (line: string) => void): Refusal {
  log(`defect in ${request.method} ${pathOf(request)} ${request.id}: ${error instanceof Error ? error.stack : String(error)}`);
  return new Refusal({
    status: 500,
    code: "internal",
    detail: "the control plane failed: this is a defect, the log has more under the request id",
  });
}

function pathOf(request: FastifyRequest): string {
  return request.url.split("?")[0] ?? request.url;
}
