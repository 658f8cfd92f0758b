/** Where labels lie, and what they are, where the files do not tell. */
import { encodings } from '../../../common/encodings.ts'
import { formatList } from '../../../common/formats.ts'
import { LabelPathField, NamesPathField } from '../work/LabelPaths.tsx'
import { t } from '../../texts/t.ts'
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
        label={t('A folder of labels, or one file')}
        folderTitle={t('Folder of labels')}
        value={form.path}
        note={t('It can be dropped on the window too.')}
        onChange={(path) => onChange({ path })}
      />
      <Choice
        label={t('Format')}
        value={form.as}
        first={t('As recognised from the files')}
        options={readable}
        testId="import-as"
        onChange={(as) => onChange({ as })}
      />
      <details className="import-more" open={form.names !== '' || form.encoding !== ''}>
        <summary>{t('Names of classes')}</summary>
        <NamesPathField
          dialog="import"
          label={t('File of names, when it does not lie beside the labels')}
          value={form.names}
          onChange={(names) => onChange({ names })}
        />
        <Choice
          label={t('Encoding')}
          value={form.encoding}
          first={t('UTF-8, or as the file says')}
          options={encodings.map(({ id, name }) => ({ id, name: t(name) }))}
          testId="import-encoding"
          onChange={(encoding) => onChange({ encoding })}
        />
      </details>
    </>
  )
}
