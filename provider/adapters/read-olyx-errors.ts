import type { ReadRefusal } from "../http/problem.js";

/** `{error}`, `{errors}` and `{error, code}`. A 404 means a gone object only where it says nothing but that. */
export const readOlyxErrors: ReadRefusal = ({ status, body }) => {
  const { error, errors } = (body ?? {}) as { error?: string; errors?: readonly string[] };
  const said = errors?.join("; ") ?? error;
  const isTaken = status === 422 && /has already been taken/.test(said ?? "");
  const code = status === 404 && error === "Not found" ? "not_found" : isTaken ? "already_exists" : undefined;
  return { ...(said !== undefined && { detail: said }), ...(code !== undefined && { code }) };
};
