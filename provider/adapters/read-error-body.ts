import type { ReadRefusal } from "../http/problem.js";

/** Reads `{ "error": { "code", "message" } }`. */
export const readErrorBody: ReadRefusal = ({ body }) => {
  const { error } = (typeof body === "object" && body !== null ? body : {}) as { error?: { code?: unknown; message?: unknown } };
  return {
    ...(typeof error?.code === "string" && { code: error.code }),
    ...(typeof error?.message === "string" && { detail: error.message }),
  };
};
