/** JSON types of the configuration's properties. */
export type FieldType = 'string' | 'boolean' | 'object' | 'array'

const words = (text: string) => text.trim().split(/\s+/)
const of = (type: FieldType, names: string): readonly (readonly [string, FieldType])[] =>
  words(names).map((name) => [name, type])

/** What a call may set, with the type of each. */
export const writable: ReadonlyMap<string, FieldType> = new Map([
  ...of(
    'string',
    `taskrouter_target_workflow_sid taskrouter_target_taskqueue_sid taskrouter_offline_activity_sid
     taskrouter_workspace_sid messaging_service_instance_sid chat_service_instance_sid ui_language ui_version
     call_recording_webhook_url crm_type crm_callback_url crm_fallback_url flex_url`,
  ),
  ...of(
    'boolean',
    'call_recording_enabled crm_enabled plugin_service_enabled flex_insights_drilldown',
  ),
  ...of(
    'object',
    `attributes taskrouter_worker_channels taskrouter_worker_attributes ui_attributes ui_dependencies crm_attributes
     public_attributes plugin_service_attributes outbound_call_flows queue_stats_configuration notifications markdown
     flex_insights_hr debugger_integration flex_ui_status_report agent_conv_end_methods citrix_voice_vdi
     offline_config`,
  ),
  ...of(
    'array',
    'taskrouter_taskqueues taskrouter_skills integrations serverless_service_sids channel_configs',
  ),
])

/** What Twilio sets itself. */
export const readOnly: ReadonlySet<string> = new Set(
  words(
    `account_sid date_created date_updated status runtime_domain flex_service_instance_sid flex_instance_sid
     service_version url`,
  ),
)
