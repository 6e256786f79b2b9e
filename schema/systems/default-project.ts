/** The project that is there from the start and takes what names no other (F-05, F-11). */
export const DEFAULT_PROJECT = { name: "Default", slug: "default" } as const;

/** It, by the systems that have one. */
export const DEFAULT_PROJECTS: Readonly<Record<string, typeof DEFAULT_PROJECT>> = {
  gatehouse: DEFAULT_PROJECT,
  floopy: DEFAULT_PROJECT,
};
