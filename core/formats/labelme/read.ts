/** Reads labelme's JSON, one file an image, as labelme, AnyLabeling and X-AnyLabeling write it. */
import { CodedError } from '../../../common/errors.ts'
import { checkValue } from '../../../common/plain-faults.ts'
import { said } from '../../../common/said.ts'
import { parseJson } from '../../files/json.ts'
import { readSmallText } from '../../files/small-file.ts'
import { setOfFiles } from '../../import/label-set.ts'
import type { LoadedObjects } from '../../import/objects.ts'
import type { LabelReader } from '../../import/reader.ts'
import { labelmeSchema, objectsOfShapes } from './shapes.ts'

/** Bytes: labelme keeps the picture itself in the file, as base64. */
const LIMIT = 256e6

const load = async (file: string, where: string, encoding: string | null): Promise<LoadedObjects> => {
  const checked = checkValue(
    labelmeSchema,
    parseJson(await readSmallText(file, { limit: LIMIT, encoding }), where),
  )
  if ('fault' in checked)
    throw new CodedError(
      'bad-input',
      said('{where} is no file of labelme: {fault}.', { where, fault: checked.fault }),
    )
  return objectsOfShapes(checked.data, where)
}

export const readLabelme: LabelReader = {
  knows: (head) => /"(?:shapes|imagePath)"\s*:/.test(head),
  open: ({ folder, files, encoding }) =>
    Promise.resolve(
      setOfFiles(
        // A file without shapes says that there is nothing on its image.
        { format: 'LabelMe', isReviewed: true },
        folder,
        files,
        (file, where) => load(file, where, encoding),
        (where) => where.replace(/\.json$/i, ''),
      ),
    ),
}
