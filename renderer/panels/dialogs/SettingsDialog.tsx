/** Settings; each change is kept at once. */
import type { ReactNode } from 'react'
import { msg } from '../../../common/said.ts'
import type { Settings } from '../../../common/contract/settings.ts'
import { languages } from '../../../common/languages.ts'
import { languageNames, tagOf } from '../../texts/languages.ts'
import { heard } from '../../texts/heard.ts'
import { rich, t } from '../../texts/t.ts'
import { presetOf } from '../../actions/presets.ts'
import { useApp, useSession } from '../../state/session-context.ts'
import { Modal } from '../controls/Modal.tsx'
import { Segmented } from '../controls/Segmented.tsx'
import { QualityChoice, useQualityNote } from '../controls/QualityChoice.tsx'
import { providerName } from '../words.ts'
import { KeepMasks, useKeepMasksNote } from './KeepMasks.tsx'
import { ModelList } from './ModelList.tsx'
import { NumberField } from './NumberField.tsx'
import { ProviderLine } from './providers/ProviderLine.tsx'
import { ServerLine } from './server/ServerLine.tsx'
import { ScaleChoice } from './ScaleChoice.tsx'
import { TextField } from './TextField.tsx'

const GB = 1e9

const Line = ({ title, note, children }: { title: string; note?: string; children: ReactNode }) => (
  <div className="setting">
    <div>
      <div className="setting-title">{title}</div>
      {note !== undefined && <div className="dim">{note}</div>}
    </div>
    <div className="setting-value">{children}</div>
  </div>
)

/** A share, 0..1, as percent with one decimal. */
const Percent = ({
  label,
  share,
  max,
  step,
  onChange,
}: {
  label: string
  share: number
  max: number
  step: number
  onChange: (share: number) => void
}) => (
  <NumberField
    label={label}
    value={Math.round(share * 1000) / 10}
    min={0}
    max={max}
    step={step}
    unit="%"
    onChange={(percent) => onChange(percent / 100)}
  />
)

const themes: readonly { readonly value: Settings['theme']; readonly name: string }[] = [
  { value: 'system', name: msg('System') },
  { value: 'light', name: msg('Light') },
  { value: 'dark', name: msg('Dark') },
]

export const SettingsDialog = ({ onClose }: { onClose: () => void }) => {
  const session = useSession()
  const settings = useApp((state) => state.settings)
  const info = useApp((state) => state.info)
  const inference = useApp((state) => state.inference)
  const qualityNote = useQualityNote()
  const keepMasksNote = useKeepMasksNote()
  if (!settings || !info) return null
  const used = inference?.provider ?? null
  const fellBack =
    inference !== null && used !== null && settings.provider !== 'auto' && used !== settings.provider
  const keys = presetOf(settings.shortcuts)
  const keysNote = keys === null ? t('Your own keys.') : t('The keys of {program}.', { program: keys.name })
  const change = (part: Partial<Settings>) => session.changeSettings(part)
  return (
    <Modal
      open
      onClose={onClose}
      title={t('Settings')}
      width={560}
      testId="settings-dialog"
      footer={
        <span className="foot-note">
          {rich('Maskwright {version} · data in {folder}', {
            version: info.version,
            folder: <code>{info.dataFolder}</code>,
          })}
        </span>
      }
    >
      <h3>{t('Appearance')}</h3>
      <Line title={t('Theme')}>
        <Segmented
          label={t('Theme')}
          choices={themes.map(({ value, name }) => ({ value, name: t(name) }))}
          value={settings.theme}
          onChange={(theme) => change({ theme })}
        />
      </Line>
      {info.shell === 'electron' ? (
        <Line title={t('Interface scale')}>
          <ScaleChoice />
        </Line>
      ) : (
        <Line
          title={t('Interface scale')}
          note={t('The browser’s own zoom does this: Ctrl + and Ctrl −. It remembers it.')}
        >
          {null}
        </Line>
      )}
      <Line title={t('Language')}>
        <select
          className="input"
          aria-label={t('Language')}
          value={settings.language}
          onChange={(event) => change({ language: event.target.value as Settings['language'] })}
        >
          <option value="system">{t('As the system')}</option>
          {languages.map((language) => (
            <option key={language} value={language} lang={tagOf(language)}>
              {languageNames[language]}
            </option>
          ))}
        </select>
      </Line>
      <Line title={t('Shortcuts')} note={keysNote}>
        <button
          type="button"
          className="button"
          data-testid="settings-keys"
          onClick={() => session.view.show('keys')}
        >
          {t('Change…')}
        </button>
      </Line>
      <h3>{t('You')}</h3>
      <Line title={t('Your name')} note={t('Kept in the project with each change you make.')}>
        <TextField
          label={t('Your name')}
          value={settings.author}
          maxLength={100}
          onChange={(author) => change({ author })}
        />
      </Line>
      <Line
        title={t('Measure seconds and inputs an object')}
        note={t('For the statistics, from the times of your steps; it stays on this computer.')}
      >
        <input
          type="checkbox"
          className="switch"
          role="switch"
          aria-label={t('Measure seconds and inputs an object')}
          checked={settings.measurePace}
          onChange={(event) => change({ measurePace: event.target.checked })}
        />
      </Line>
      <h3>{t('Masks')}</h3>
      <Line title={t('Tolerance')} note={t('How far a polygon may stray from its mask.')}>
        <NumberField
          label={t('Tolerance, pixels')}
          value={settings.tolerance}
          min={0}
          max={20}
          step={0.1}
          unit={t('px')}
          onChange={(tolerance) => change({ tolerance })}
        />
      </Line>
      <Line
        title={t('Smallest part')}
        note={t('Specks and holes with less area are dropped; in photos over 1024 px in proportion.')}
      >
        <NumberField
          label={t('Smallest part, square pixels')}
          value={settings.minArea}
          min={0}
          max={10_000}
          step={1}
          unit={t('px²')}
          onChange={(minArea) => change({ minArea })}
        />
      </Line>
      <Line
        title={t('Small parts')}
        note={t('Parts and holes under this share of their object are dropped.')}
      >
        <Percent
          label={t('Small parts, percent of the object')}
          share={settings.minShare}
          max={50}
          step={0.5}
          onChange={(minShare) => change({ minShare })}
        />
      </Line>
      <Line title={t('Keep masks with objects')} note={keepMasksNote}>
        <KeepMasks />
      </Line>
      <Line title={t('Boxes to masks, Prepare folder')} note={qualityNote}>
        <QualityChoice />
      </Line>
      <Line title={t('Hover preview')} note={t('Shows the mask under the pointer before a click.')}>
        <input
          type="checkbox"
          className="switch"
          role="switch"
          aria-label={t('Hover preview')}
          checked={settings.hoverPreview}
          onChange={(event) => change({ hoverPreview: event.target.checked })}
        />
      </Line>
      <Line title={t('Doubtful when followed')} note={t('Less sure objects are amber, to be looked at.')}>
        <Percent
          label={t('Doubtful when followed, percent')}
          share={settings.followDoubt}
          max={100}
          step={5}
          onChange={(followDoubt) => change({ followDoubt })}
        />
      </Line>
      <Line
        title={t('Follow no further')}
        note={t('An object that is less sure is not followed past that image.')}
      >
        <Percent
          label={t('Follow no further, percent')}
          share={settings.followStop}
          max={100}
          step={5}
          onChange={(followStop) => change({ followStop })}
        />
      </Line>
      <h3>{t('Model')}</h3>
      <ModelList modelId={settings.modelId} onPick={(modelId) => change({ modelId })} />
      {fellBack && (
        <p className="warn-line" role="status" data-testid="provider-fallback">
          {(inference.message && heard(inference.message)) ??
            t('{provider} can’t be used on this computer, so the CPU is used.', {
              provider: providerName(settings.provider),
            })}
        </p>
      )}
      <ProviderLine />
      <ServerLine />
      <Line title={t('Threads')} note={t('0 takes one for each core.')}>
        <NumberField
          label={t('Threads')}
          value={settings.threads}
          min={0}
          max={64}
          step={1}
          onChange={(threads) => change({ threads: Math.round(threads) })}
        />
      </Line>
      <Line
        title={t('Disk space for prepared images')}
        note={t('Reopened images answer at once. 0 keeps none.')}
      >
        <NumberField
          label={t('Disk space for prepared images, gigabytes')}
          value={Number((settings.embeddingBytes / GB).toFixed(2))}
          min={0}
          max={1000}
          step={0.5}
          unit={t('GB')}
          onChange={(gigabytes) => change({ embeddingBytes: Math.round(gigabytes * GB) })}
        />
      </Line>
    </Modal>
  )
}
