import type { Translation } from "./translation.js";

/** What is over at the source does not begin anew at the target. */
export const whatHasEnded: Translation = (draft, { today }) => {
  for (const entry of draft.entries()) {
    const { expiresAt } = entry.given;
    if (typeof expiresAt === "string" && expiresAt < today) draft.loseWhole(entry, { why: `it ended on ${expiresAt}` });
  }
  for (const project of draft.entries("Project")) {
    if (project.given.status === "archived") {
      draft.loseWhole(project, { why: "it is archived: its history stays at the source, and nothing of it begins anew" });
    }
  }
};
