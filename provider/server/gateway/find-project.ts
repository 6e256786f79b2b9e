import { forbidden, invalid } from "../refusal.js";
import { refuseArchived } from "../rules/project.js";
import type { StoredObject } from "../store/objects.js";
import type { Gateway } from "./call.js";

function projectNamed({ store, profile }: Gateway, name: string): StoredObject | undefined {
  const { projectHeaderTakes: takes = ["id", "slug"] } = profile;
  const byId = takes.includes("id") ? store.objects.get("Project", name) : undefined;
  return byId ?? (takes.includes("slug") ? store.objects.find("Project", "slug", name)[0] : undefined);
}

/** The project a request counts for: the key's lock, else the header's, else the key's default, else the Default project. */
export function findProject(gateway: Gateway, key: StoredObject, header: string | undefined): StoredObject {
  const { store, profile } = gateway;
  const named = header === undefined ? undefined : projectNamed(gateway, header);
  const lock = key.body.project;
  if (header !== undefined && lock !== undefined && named?.id !== lock) {
    throw forbidden(`key "${key.body.name}" is locked to another project than "${header}"`, "project_mismatch");
  }
  if (header !== undefined && named === undefined) {
    throw invalid([{ property: profile.projectHeader, reason: `names the project "${header}", which does not exist` }], "unknown_project");
  }
  const project = named ?? store.objects.get("Project", String(lock ?? key.body.defaultProject ?? profile.defaultProject?.id));
  if (project === undefined)
    throw invalid([{ property: profile.projectHeader, reason: "is needed: the key's project does not exist" }], "unknown_project");
  refuseArchived(project);
  return project;
}
