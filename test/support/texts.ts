/** Finds the texts of the source: those that go through the catalogue, and those that a person would meet in English alone. */
import { readFileSync } from 'node:fs'
import * as ts from 'typescript'

interface FoundKey {
  readonly key: string
  /** Who takes it: 't', 'said'. */
  readonly by: string
  /** 'renderer/App.tsx:12' */
  readonly at: string
}

export interface FoundTexts {
  readonly keys: readonly FoundKey[]
  /** Texts outside the catalogue, each with its place. */
  readonly loose: readonly string[]
}

/** Their first argument is a key. */
const takers = new Set(['t', 'rich', 'msg', 'said'])

/** Attributes and properties whose text a person sees or hears. */
const seen =
  /^(title|label|ariaLabel|aria-label|aria-description|aria-roledescription|alt|placeholder|tip|hint|note|summary|short|why|whyNot|message|empty|verb|unit|description|text|what|words)$/

/** Attributes that no person reads. */
const unseen =
  /^(className|contentClassName|data-[\w-]+|testId|type|role|id|htmlFor|key|href|rel|style|d|viewBox|accept|lang)$/

/** Two words, or one that begins as a sentence does. */
const isSentence = (text: string) => /[A-Za-z’,:;.)…]\s+[(“]?[A-Za-z’]/.test(text)
/** Selectors, styles and fonts. */
const isForMachines = (text: string) =>
  /var\(--|\[role|(^|, )(textarea|input)\b|system-ui|^\(prefers-/.test(text)
const hasLetters = (text: string) => /\p{L}{2}/u.test(text)

const textOf = (node: ts.Node): string | null => {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text
  if (ts.isTemplateExpression(node))
    return [node.head.text, ...node.templateSpans.map((s) => s.literal.text)].join(' {} ')
  return ts.isJsxText(node) ? node.text.trim() : null
}

const isTaker = ({ expression }: ts.CallExpression): boolean =>
  ts.isIdentifier(expression) && takers.has(expression.text)

/** Where the value of an expression goes: through conditions and brackets up to the attribute, property or call. */
const destinationOf = (node: ts.Node): ts.Node => {
  const { parent } = node
  const isPassedOn =
    ts.isParenthesizedExpression(parent) ||
    ts.isJsxExpression(parent) ||
    (ts.isConditionalExpression(parent) && parent.condition !== node) ||
    (ts.isBinaryExpression(parent) && /^(\?\?|\|\||&&)$/.test(parent.operatorToken.getText())) ||
    ts.isAsExpression(parent) ||
    ts.isSatisfiesExpression(parent)
  return isPassedOn ? destinationOf(parent) : node
}

const nameOf = (node: ts.Node): string =>
  ts.isJsxAttribute(node) || ts.isPropertyAssignment(node) ? node.name.getText() : ''

const isCode = (node: ts.Node): boolean => {
  const { parent } = node
  return (
    ts.isImportDeclaration(parent) ||
    ts.isExportDeclaration(parent) ||
    ts.isLiteralTypeNode(parent) ||
    ts.isCaseClause(parent) ||
    ts.isElementAccessExpression(parent) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText())) ||
    // For whoever programs: it is never shown.
    (ts.isNewExpression(parent) && parent.expression.getText() === 'Error')
  )
}

/** A key as an argument: a text, or a choice between texts. */
const keysIn = (node: ts.Expression): readonly ts.Node[] => {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node]
  if (ts.isConditionalExpression(node)) return [...keysIn(node.whenTrue), ...keysIn(node.whenFalse)]
  if (ts.isParenthesizedExpression(node)) return keysIn(node.expression)
  return []
}

const isInCode = ({ parent }: ts.JsxText): boolean =>
  ts.isJsxElement(parent) && parent.openingElement.tagName.getText() === 'code'

const isLoose = (node: ts.Node, text: string): boolean => {
  if (!hasLetters(text) || isForMachines(text) || isCode(node)) return false
  // What stands in code is typed as it is, in every language.
  if (ts.isJsxText(node)) return !isInCode(node)
  const end = destinationOf(node)
  const { parent } = end
  const name = nameOf(parent)
  if (ts.isJsxAttribute(parent) && unseen.test(name)) return false
  if (ts.isPropertyAssignment(parent) && name === 'className') return false
  if (ts.isJsxElement(parent) || ts.isJsxFragment(parent)) return true
  return isSentence(text) || (seen.test(name) && /[a-z ]/.test(text))
}

const isText = (node: ts.Node): boolean =>
  hasLetters(textOf(node) ?? '') ||
  (ts.isBinaryExpression(node) && (isText(node.left) || isText(node.right))) ||
  (ts.isConditionalExpression(node) && (isText(node.whenTrue) || isText(node.whenFalse)))

/** Errors whose message is a bare text, which the window could not know again. */
export const findBareErrors = (root: string, files: readonly string[]): string[] =>
  files.flatMap((file) => {
    const text = readFileSync(`${root}/${file}`, 'utf8')
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
    const found: string[] = []
    const visit = (node: ts.Node): void => {
      const message =
        ts.isNewExpression(node) && node.expression.getText() === 'CodedError' && node.arguments?.[1]
      if (message && isText(message)) found.push(`${file} ${message.getText()}`)
      ts.forEachChild(node, visit)
    }
    visit(source)
    return found
  })

/** @param files paths from the root of the project, `at` which they lie */
export const findTexts = (root: string, files: readonly string[]): FoundTexts => {
  const keys: FoundKey[] = []
  const loose: string[] = []
  for (const file of files) {
    const source = ts.createSourceFile(
      file,
      readFileSync(`${root}/${file}`, 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    )
    const placeOf = (node: ts.Node) =>
      `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`
    const visit = (node: ts.Node, taken: ReadonlySet<ts.Node>): void => {
      if (ts.isCallExpression(node) && isTaker(node) && node.arguments[0]) {
        const found = keysIn(node.arguments[0])
        const by = node.expression.getText()
        for (const key of found) keys.push({ key: textOf(key)!, by, at: placeOf(key) })
        ts.forEachChild(node, (child) => visit(child, new Set([...taken, ...found])))
        return
      }
      const text = textOf(node)
      if (text !== null && !taken.has(node) && isLoose(node, text)) loose.push(`${placeOf(node)} ${text}`)
      ts.forEachChild(node, (child) => visit(child, taken))
    }
    visit(source, new Set())
  }
  return { keys, loose }
}
