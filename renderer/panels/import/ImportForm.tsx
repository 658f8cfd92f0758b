/** Where labels lie, and what they are, where the files do not tell. */
import { encodings } from '../../../common/encodings.ts'
import { formatList, namesText, readableFormats } from '../../../common/formats.ts'
import { attempt } from '../../state/report.ts'
import { useApp, useSession } from '../../state/session-context.ts'
import { PathField } from '../controls/PathField.tsx'
import type { ImportForm as Form } from './import-request.ts'

/** Endings of files that can be given alone. */
const labelEndings = [...new Set(readableFormats.flatMap(({ endings }) => endings))]

/** Endings of files that hold class names. */
const nameFiles = ['txt', 'names', 'yaml', 'yml', 'json']

const readable = formatList.filter(({ reads }) => reads !== null)

const Choice = ({
  label,
  value,
  first,
  options,
  testId,
  onChange,
}: {
  label: string
  value: string
  /** What an empty value means. */
  first: string
  options: readonly { readonly id: string; readonly name: string }[]
  testId: string
  onChange: (value: string) => void
}) => (
  <label className="field">
    <span>{label}</span>
    <select
      className="input"
      value={value}
      data-testid={testId}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{first}</option>
      {options.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  </label>
)

export const ImportForm = ({
  form,
  asksEncoding,
  onChange,
}: {
  form: Form
  /** A text could not be read as UTF-8: which encoding it has is to be chosen. */
  asksEncoding: boolean
  onChange: (part: Partial<Form>) => void
}) => {
  const { client } = useSession()
  const native = useApp((state) => state.info?.nativeDialog ?? false)
  const chooseFolder = async () => {
    const { folder } = await client.call('folders.choose', { title: 'Folder of labels' })
    if (folder !== null) onChange({ path: folder })
  }
  const chooseFile = async (title: string, extensions: string[], part: (file: string) => Partial<Form>) => {
    const { file } = await client.call('files.choose', { title, kind: title, extensions })
    if (file !== null) onChange(part(file))
  }
  return (
    <>
      <PathField
        id="import-path"
        label="A folder of labels, or one file"
        value={form.path}
        placeholder="Whole path"
        onChange={(path) => onChange({ path })}
        buttons={
          native && (
            <>
              <button type="button" className="button" onClick={() => attempt(chooseFolder())}>
                Folder…
              </button>
              <button
                type="button"
                className="button"
                onClick={() => attempt(chooseFile('Labels', labelEndings, (path) => ({ path })))}
              >
                File…
              </button>
            </>
          )
        }
      >
        <span className="dim">
          {native
            ? 'It can be dropped on the window too.'
            : 'The path of a folder or of a file can be pasted.'}
        </span>
      </PathField>
      <Choice
        label="Format"
        value={form.as}
        first="As recognised from the files"
        options={readable}
        testId="import-as"
        onChange={(as) => onChange({ as })}
      />
      <details className="import-more" open={asksEncoding || form.names !== '' || form.encoding !== ''}>
        <summary>Names of classes</summary>
        <PathField
          id="import-names"
          label="File of names, when it does not lie beside the labels"
          value={form.names}
          placeholder={namesText}
          onChange={(names) => onChange({ names })}
          buttons={
            native && (
              <button
                type="button"
                className="button"
                onClick={() => attempt(chooseFile('Class names', nameFiles, (names) => ({ names })))}
              >
                File…
              </button>
            )
          }
        />
        <Choice
          label="Encoding"
          value={form.encoding}
          first="UTF-8, or as the file says"
          options={encodings}
          testId="import-encoding"
          onChange={(encoding) => onChange({ encoding })}
        />
      </details>
    </>
  )
}
