import type { NameRule } from "./template.js";

/** Paths, relative and with slashes: of files, of secrets in Vault. No part is `.` or `..`, none is empty. */
export const PATH: NameRule = {
  name: /^[A-Za-z0-9_](?:[A-Za-z0-9 ._@+-]*[A-Za-z0-9_@+-])?$/,
  described: "letters, digits, spaces and . _ @ + - only, with no dot or space at its ends",
  around: "A-Za-z0-9 ._@+/-",
  between: "/",
  whole: "(?!/)(?!.*//)(?!.*/$)(?!.*(?:^|/)\\.{1,2}(?:/|$))(?!.*(?:^| |/) )(?!.* (?:/|$))",
};

/** One word of letters, digits, hyphens and underscores; several are joined by dots. Data keys of Kubernetes, fields of Vault. */
export const WORD: NameRule = {
  name: /^[A-Za-z0-9_-]+$/,
  described: "letters, digits, - and _ only",
  around: "A-Za-z0-9_.-",
  between: "\\.",
  whole: "(?!\\.{1,2}$)",
};
