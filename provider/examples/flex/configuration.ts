import * as twilio from '@pulumi/twilio'

const workspace = new twilio.taskrouter.Workspace('flex-workspace', { friendlyName: 'Flex' })

// Only what is named here is set; plugins and colleagues keep their own keys, also in the same object.
const flex = new twilio.flex.Configuration('flex-configuration', {
  taskrouterWorkspaceSid: workspace.sid,
  uiLanguage: 'en',
  uiAttributes: { wallboard: { refreshSeconds: 5 } },
  callRecordingEnabled: true,
})

export const { flexInstanceSid } = flex
