/** Where labels lie, and the names of their classes: the fields that the import and boxes to masks share. */
import type { ReactNode } from 'react'
import { namesText, readableFormats } from '../../../common/formats.ts'
import { attempt } from '../../state/report.ts'
import { useApp, useSession } from '../../state/session-context.ts'
import { PathField } from '../controls/PathField.tsx'
import { t } from '../../texts/t.ts'

/** Endings of files that can be given alone. */
const labelEndings = [...new Set(readableFormats.flatMap(({ endings }) => endings))]

/** Endings of files that hold class names. */
const nameFiles = ['txt', 'names', 'yaml', 'yml', 'json']

/** Is there a dialog of the system to choose with? */
const useNative = () => useApp((state) => state.info?.nativeDialog ?? false)

const FileButton = ({
  title,
  extensions,
  testId,
  onChange,
}: {
  title: string
  extensions: readonly string[]
  testId: string
  onChange: (file: string) => void
}) => {
  const { client } = useSession()
  const choose = async () => {
    const { file } = await client.call('files.choose', { title, kind: title, extensions: [...extensions] })
    if (file !== null) onChange(file)
  }
  return (
    <button type="button" className="button" data-testid={testId} onClick={() => attempt(choose())}>
      {t('File…')}
    </button>
  )
}

const FolderButton = ({
  title,
  testId,
  onChange,
}: {
  title: string
  testId: string
  onChange: (folder: string) => void
}) => {
  const { client } = useSession()
  const choose = async () => {
    const { folder } = await client.call('folders.choose', { title })
    if (folder !== null) onChange(folder)
  }
  return (
    <button type="button" className="button" data-testid={testId} onClick={() => attempt(choose())}>
      {t('Folder…')}
    </button>
  )
}

export const LabelPathField = ({
  dialog,
  label,
  folderTitle,
  value,
  note,
  onChange,
}: {
  /** Begins the test ids. */
  dialog: string
  label: string
  /** Of the system's dialog for a folder. */
  folderTitle: string
  value: string
  /** Under the field where the system's dialogs are there. */
  note?: ReactNode
  onChange: (path: string) => void
}) => {
  const native = useNative()
  const said = native ? note : t('The path of a folder or of a file can be pasted.')
  return (
    <PathField
      id={`${dialog}-path`}
      label={label}
      value={value}
      placeholder={t('Whole path')}
      onChange={onChange}
      buttons={
        native && (
          <>
            <FolderButton title={folderTitle} testId={`${dialog}-choose-folder`} onChange={onChange} />
            <FileButton
              title={t('Labels')}
              extensions={labelEndings}
              testId={`${dialog}-choose-file`}
              onChange={onChange}
            />
          </>
        )
      }
    >
      {said !== undefined && <span className="dim">{said}</span>}
    </PathField>
  )
}

export const NamesPathField = ({
  dialog,
  label,
  value,
  onChange,
}: {
  dialog: string
  label: string
  value: string
  onChange: (names: string) => void
}) => (
  <PathField
    id={`${dialog}-names`}
    label={label}
    value={value}
    placeholder={namesText}
    onChange={onChange}
    buttons={
      useNative() && (
        <FileButton
          title={t('Class names')}
          extensions={nameFiles}
          testId={`${dialog}-choose-names`}
          onChange={onChange}
        />
      )
    }
  />
)
