import { defineSchema, type TypeOf } from './schema.ts'
import { Type } from './type.ts'

const sid = (prefix: string) =>
  Type.String({ pattern: `^${prefix}[0-9a-fA-F]{32}$`, description: `${prefix} and 32 hex digits` })

/** Environment of the functions app: infra writes these names, `functions/settings.ts` reads them. */
export const appSettings = defineSchema(
  'app settings',
  Type.Object(
    {
      PUBLIC_BASE_URL: Type.String({
        pattern: '^https?://[^/]+$',
        description: 'origin that Twilio calls and signs, without a trailing slash',
      }),
      TWILIO_ACCOUNT_SID: sid('AC'),
      TWILIO_AUTH_TOKEN: Type.String({ minLength: 1 }),
      TWILIO_AUTH_TOKEN_SECONDARY: Type.Optional(
        Type.String({ minLength: 1, description: 'accepted too while tokens are rotated' }),
      ),
      TWILIO_BASE_URL: Type.Optional(
        Type.String({ description: 'every Twilio host is reached as <this>/<host>' }),
      ),
      WORKSPACE_SID: sid('WS'),
      WORKFLOW_SID: sid('WW'),
      AVAILABLE_ACTIVITY_SID: sid('WA'),
      WRAP_UP_ACTIVITY_SID: sid('WA'),
      CALLER_ID: Type.String({
        pattern: '^\\+[1-9][0-9]{1,14}$',
        description: 'own number in E.164, shown to agents',
      }),
      CENTRE_SETTINGS: Type.String({ description: 'JSON text of the centre settings' }),
      OFFLINE_ACTIVITY_SID: Type.Optional(sid('WA')),
      BACK_OFFICE_KEY: Type.Optional(
        Type.String({ minLength: 16, description: 'credential of back-office callers' }),
      ),
      FLOW_SID: Type.Optional(sid('FW')),
      FROM: Type.Optional(
        Type.String({
          pattern: '^\\+[1-9][0-9]{1,14}$',
          description: 'own number in E.164 that incidents are called from; default CALLER_ID',
        }),
      ),
      SN_API_TABLE_ROOT: Type.Optional(
        Type.String({
          pattern: '^https?://[^/]+/',
          description: 'Table API of ServiceNow: https://<instance>.service-now.com/api/now/table/',
        }),
      ),
      SN_USER: Type.Optional(Type.String({ minLength: 1 })),
      SN_PASSWORD: Type.Optional(Type.String({ minLength: 1 })),
      STORE_PREFIX: Type.Optional(
        Type.String({
          pattern: '^[a-z][a-z0-9]{0,19}$',
          description: 'keeps the state of several centres apart in one storage account',
        }),
      ),
      AzureWebJobsStorage: Type.Optional(Type.String({ description: 'connection string' })),
      AzureWebJobsStorage__accountName: Type.Optional(Type.String()),
      AzureWebJobsStorage__clientId: Type.Optional(Type.String()),
    },
    { additionalProperties: true },
  ),
)

export type AppSettings = TypeOf<typeof appSettings>
