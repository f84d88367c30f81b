import type { VoiceSettings } from './number-directory.ts'
import type { SettingKinds, Settings } from './rest/settings.ts'

/** The voice members that numbers and applications share. */
export const voiceSettingKinds: SettingKinds = {
  voice_url: 'url',
  voice_method: 'method',
  voice_fallback_url: 'url',
  voice_fallback_method: 'method',
  voice_caller_id_lookup: 'boolean',
  status_callback: 'url',
  status_callback_method: 'method',
}

/** The same members as Voice reads them. */
export function voiceSettings(settings: Settings): VoiceSettings {
  const text = (field: string) => String(settings[field] ?? '')
  const method = (field: string) => (settings[field] === 'GET' ? 'GET' : 'POST')
  return {
    voiceUrl: text('voice_url'),
    voiceMethod: method('voice_method'),
    voiceFallbackUrl: text('voice_fallback_url'),
    voiceFallbackMethod: method('voice_fallback_method'),
    statusCallback: text('status_callback'),
    statusCallbackMethod: method('status_callback_method'),
  }
}
