import type { Operation } from "./step-id.js";
import type { Step } from "./steps.js";

const VERBS: Readonly<Record<Operation, string>> = {
  create: "Create",
  adopt: "Set",
  update: "Change",
  delete: "Delete",
  review: "Look at",
};

/** `Create Project projects/checkout`. */
function titleOf({ operation, kind, object }: Step): string {
  return `${VERBS[operation]} ${kind} ${object}`;
}

/** A step in words, for a terminal or a message. */
export function stepText(step: Step): string {
  return [
    titleOf(step),
    `  page:   ${step.page.name} (${step.page.url})`,
    ...step.before.map((line) => `  before: ${line}`),
    ...step.fields.map(({ label, before, after }) => `  ${label}: ${before === undefined ? "" : `${before} → `}${after}`),
    ...step.after.map((line) => `  after:  ${line}`),
    `  step:   ${step.id}`,
    `  digest: ${step.digest}`,
  ].join("\n");
}

/** A step as a section of a Markdown checklist. `number` is its place in the list. */
export function stepMarkdown(step: Step, number: number): string {
  const table =
    step.fields.length === 0
      ? []
      : [
          "",
          step.operation === "review" ? "| field | | must show |" : "| field | now | set to |",
          "|---|---|---|",
          ...step.fields.map(({ label, before, after }) => `| ${cell(label)} | ${cell(before ?? "")} | ${cell(after)} |`),
        ];
  return [
    `## ${number}. [ ] ${titleOf(step)}`,
    "",
    `Page: [${step.page.name}](${step.page.url})`,
    "",
    ...step.before.map((line) => `- Before: ${line}`),
    ...table,
    "",
    ...step.after.map((line) => `- After: ${line}`),
    "",
    "```yaml",
    `- step: ${JSON.stringify(step.id)}`,
    `  digest: "${step.digest}"`,
    `  id: ${JSON.stringify(step.objectId ?? "")}`,
    '  by: ""',
    '  at: ""',
    "```",
  ].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
