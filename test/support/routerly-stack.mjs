/** Applies projects with tokens through the built lifecycle, all at once, in a process of its own: NAME, PROJECTS, TOKENS, URL. */

import { check } from "../../dist/provider/lifecycle/check.js";
import { create } from "../../dist/provider/lifecycle/lifecycle.js";
import { Session } from "../../dist/provider/lifecycle/session.js";
import { KINDS } from "../../dist/schema/kinds/index.js";

const [, , name, projects, tokens, url] = process.argv;
const credentials = { email: { env: "GATEHOUSE_ROUTERLY_EMAIL" }, password: { env: "GATEHOUSE_ROUTERLY_PASSWORD" } };
const session = new Session({ name: "main", system: "routerly", url, credentials });

async function make(kindName, inputs) {
  const kind = session.kind(KINDS[kindName]);
  const checked = check(kind, inputs, session);
  if (checked.problems.length > 0) throw new Error(JSON.stringify(checked.problems));
  return create(session, kind, checked.inputs);
}

async function makeProject(index) {
  const project = await make("Project", { name: `${name}-${index}` });
  const keys = Array.from({ length: Number(tokens) }, (_, key) =>
    make("ApiKey", { name: `${name}-${index}-${key}`, project: project.id, labels: [`label-${key}`] }),
  );
  return Promise.all(keys);
}

const made = await Promise.all(Array.from({ length: Number(projects) }, (_, index) => makeProject(index)));
process.stdout.write(JSON.stringify(made.flat().map(({ id, outputs }) => ({ id, token: outputs.token }))));
