import { list, text } from "../../../schema/field.js";
import { projectsInUse, wordsOf } from "../projects.js";
import { defineRule, setting } from "../rule.js";
import { known, type SeenObject } from "../seen.js";

const EMPTY_WORDS = [
  "new",
  "my",
  "the",
  "a",
  "project",
  "untitled",
  "unnamed",
  "test",
  "temp",
  "tmp",
  "misc",
  "foo",
  "bar",
  "asdf",
  "copy",
  "of",
  "default",
];

export const projectNamesAreRecognizable = defineRule({
  name: "project-names-are-recognizable",
  title: "A project is called after its environment or its product, and after nothing else that exists",
  why: "In an incident the name is all that people see of a project, and it has to say at once what is burning.",
  enforces: ["O-18"],
  level: "advisory",
  alone: "Project",
  settings: { emptyWords: setting(list(text(), { unordered: true }), EMPTY_WORDS) },
  check: (view, { settings }) => {
    const empty = new Set(settings.emptyWords.map((word) => word.toLowerCase()));
    const firstOfName = new Map<string, SeenObject<"Project">>();
    return projectsInUse(view).flatMap((project) => {
      const name = known(project.inputs.name);
      if (name === undefined) return [];
      const at = { object: project, property: "name" };
      const advice = "Call it after its environment (`Production`, `Staging`, `CI`) or its product (`Checkout AI`).";
      const words = wordsOf(name);
      if (words.every((word) => empty.has(word) || /^\p{N}+$/u.test(word))) {
        return [{ ...at, what: `is called "${name}", which says nothing of what it is for`, advice }];
      }
      const key = `${project.controlPlane} ${words.join("")}`;
      const twin = firstOfName.get(key);
      firstOfName.set(key, twin ?? project);
      return twin === undefined ? [] : [{ ...at, what: `is called "${name}", almost as ${twin.name} is`, advice }];
    });
  },
  example: {
    bad: "projects: { project-2: { name: New project 2, launch: { owner: lin@acme.example } } }",
    good: "projects: { checkout: { name: Checkout AI, launch: { owner: lin@acme.example } } }",
  },
});
