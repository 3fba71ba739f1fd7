// Prints a JSON Schema as a TypeScript type: the part of JSON Schema that the Card API's contract uses, and an error for anything else.

export interface JsonSchema {
  $ref?: string;
  id?: string;
  type?: string | readonly string[];
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly JsonSchema[];
  oneOf?: readonly JsonSchema[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: readonly string[];
  additionalProperties?: JsonSchema | boolean;
  description?: string;
}

const plainTypes: Record<string, string> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
};

export function printType(schema: JsonSchema): string {
  if (schema.$ref) return schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return [...new Set(either.map(printType))].join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.type === 'array') return `(${printType(schema.items ?? {})})[]`;
  if (schema.type === 'object') return printObject(schema);
  const types = [schema.type ?? []].flat().map((type) => plainTypes[type]);
  if (types.length === 0 || types.includes(undefined)) throw new Error(`No TypeScript for ${JSON.stringify(schema)}`);
  return types.join(' | ');
}

function printObject({ properties, required = [], additionalProperties }: JsonSchema): string {
  if (!properties) {
    const values = typeof additionalProperties === 'object' ? printType(additionalProperties) : 'unknown';
    return `Record<string, ${values}>`;
  }
  const fields = Object.entries(properties).map(([name, schema]) => {
    const comment = schema.description ? `/** ${schema.description} */\n` : '';
    return `${comment}${name}${required.includes(name) ? '' : '?'}: ${printType(schema)};`;
  });
  return `{\n${fields.join('\n')}\n}`;
}
