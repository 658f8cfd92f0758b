/** Where labels lie, and what they are, where the files do not tell. */
import { encodings } from '../../../common/encodings.ts'
import { formatList } from '../../../common/formats.ts'
import { LabelPathField, NamesPathField } from '../work/LabelPaths.tsx'
import type { ImportForm as Form } from './import-request.ts'

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

export const ImportForm = ({ form, onChange }: { form: Form; onChange: (part: Partial<Form>) => void }) => {
  return (
    <>
      <LabelPathField
        dialog="import"
        label="A folder of labels, or one file"
        folderTitle="Folder of labels"
        value={form.path}
        note="It can be dropped on the window too."
        onChange={(path) => onChange({ path })}
      />
      <Choice
        label="Format"
        value={form.as}
        first="As recognised from the files"
        options={readable}
        testId="import-as"
        onChange={(as) => onChange({ as })}
      />
      <details className="import-more" open={form.names !== '' || form.encoding !== ''}>
        <summary>Names of classes</summary>
        <NamesPathField
          dialog="import"
          label="File of names, when it does not lie beside the labels"
          value={form.names}
          onChange={(names) => onChange({ names })}
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
