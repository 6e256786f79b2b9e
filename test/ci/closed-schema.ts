type Schema = { readonly [keyword: string]: unknown };

/** A schema as Kubernetes means it: what it does not name is refused (Kubernetes drops it), except where it says to keep it. */
export function closedSchema(schema: Schema): Schema {
  const properties = schema.properties as Readonly<Record<string, Schema>> | undefined;
  const { items, additionalProperties } = schema as { items?: Schema; additionalProperties?: Schema | boolean };
  const isOpen = schema["x-kubernetes-preserve-unknown-fields"] === true || additionalProperties !== undefined;
  return {
    ...schema,
    ...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, closedSchema(one)])) }),
    ...(items && { items: closedSchema(items) }),
    ...(typeof additionalProperties === "object" && { additionalProperties: closedSchema(additionalProperties) }),
    ...(properties && !isOpen && { additionalProperties: false }),
  };
}
