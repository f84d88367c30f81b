import { Ajv } from 'ajv'

// Written after Pulumi's description of package schemas (pulumi/pulumi, pkg/codegen/schema/pulumi.json, Apache-2.0) and the
// reference of it in Pulumi's documentation. Stricter where this package wants to be: names that are not described are refused.
const text = { type: 'string', minLength: 1 }
const texts = { type: 'array', items: { type: 'string' } }
const scalar = { type: ['boolean', 'number', 'string'] }
const primitive = { enum: ['boolean', 'integer', 'number', 'string'] }
const semver = '^\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?$'
const token = '^[a-zA-Z][-a-zA-Z0-9_]*:[^0-9][a-zA-Z0-9._/-]*:[^0-9][a-zA-Z0-9._/-]*$'

const ref = (name: string) => ({ $ref: `#/$defs/${name}` })
const byToken = (values: object) => ({
  type: 'object',
  propertyNames: { pattern: token },
  additionalProperties: values,
})
const byName = (values: object) => ({ type: 'object', additionalProperties: values })
const closed = (required: readonly string[], properties: object) => ({
  type: 'object',
  required,
  properties,
  additionalProperties: false,
})

// Exactly one of the five forms, each with no more than what belongs to it.
const typeForms = (more: object) => ({
  type: 'object',
  oneOf: [
    closed(['type'], { type: primitive, ...more }),
    closed(['type', 'items'], { type: { const: 'array' }, items: ref('type'), ...more }),
    closed(['type'], { type: { const: 'object' }, additionalProperties: ref('type'), ...more }),
    closed(['$ref'], { $ref: text, ...more }),
    closed(['oneOf'], {
      oneOf: { type: 'array', minItems: 2, items: ref('type') },
      type: primitive,
      ...more,
    }),
  ],
})

const members = { properties: byName(ref('property')), required: texts }

const metaschema = {
  ...closed(['name', 'version', 'resources'], {
    name: { type: 'string', pattern: '^[a-zA-Z][-a-zA-Z0-9_]*$' },
    version: { type: 'string', pattern: semver },
    displayName: text,
    description: text,
    keywords: texts,
    license: text,
    config: closed([], { variables: byName(ref('property')), defaults: texts }),
    provider: ref('resource'),
    types: byToken(ref('complexType')),
    resources: byToken(ref('resource')),
    functions: byToken(ref('function')),
    language: ref('language'),
  }),
  $defs: {
    type: typeForms({ plain: { type: 'boolean' } }),
    property: typeForms({
      description: text,
      const: scalar,
      default: scalar,
      deprecationMessage: text,
      secret: { type: 'boolean' },
      replaceOnChanges: { type: 'boolean' },
      willReplaceOnChanges: { type: 'boolean' },
    }),
    object: closed([], { type: { const: 'object' }, description: text, ...members }),
    complexType: {
      oneOf: [
        closed(['type'], { type: { const: 'object' }, description: text, ...members }),
        closed(['type', 'enum'], {
          type: primitive,
          description: text,
          enum: {
            type: 'array',
            minItems: 1,
            items: closed(['value'], { name: text, description: text, value: scalar }),
          },
        }),
      ],
    },
    resource: closed(['description'], {
      description: text,
      ...members,
      inputProperties: byName(ref('property')),
      requiredInputs: texts,
      listInputs: ref('object'),
      deprecationMessage: text,
    }),
    function: closed(['description'], {
      description: text,
      inputs: ref('object'),
      outputs: ref('object'),
      deprecationMessage: text,
    }),
    language: closed([], {
      nodejs: byName({}),
      python: byName({}),
      go: byName({}),
      csharp: byName({}),
      java: byName({}),
    }),
  },
}

const validate = new Ajv({ strict: false, allErrors: true }).compile(metaschema)

/** Where a package schema is not what Pulumi takes for one: a line each. */
export function metaschemaProblems(schema: unknown): readonly string[] {
  if (validate(schema)) return []
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  )
}
