import reactHooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import tseslint from 'typescript-eslint'

const moduleConstant =
  ':matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration[kind="const"] > VariableDeclarator'
const literal = [
  '[init.type="Literal"]:not([init.regex])',
  '[init.type="TemplateLiteral"][init.expressions.length=0]',
  '[init.type="UnaryExpression"][init.argument.type="Literal"]',
  '[init.type="BinaryExpression"][init.operator=/^[-+*/%]+$/][init.left.type="Literal"]',
  '[init.type="BinaryExpression"][init.operator=/^[-+*/%]+$/][init.right.type="Literal"]',
].join(', ')
const tableOrFunction = '[init.type=/^(Array|Object|ArrowFunction|Function|New)Expression$/]'

export default tseslint.config(
  {
    ignores: [
      'out/**',
      'release/**',
      'dist/**',
      'node_modules/**',
      'test-results/**',
      'playwright-report/**',
      'projects/**',
    ],
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'max-lines': ['error', 400],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'no-restricted-syntax': [
        'error',
        {
          selector: `${moduleConstant}[id.name=/[a-z]/]:matches(${literal})`,
          message: 'A number or a text that a module names once is UPPER_SNAKE.',
        },
        {
          selector: `${moduleConstant}[id.name=/^[A-Z][A-Z0-9_]+$/]${tableOrFunction}`,
          message: 'UPPER_SNAKE is for numbers and texts; tables and functions are camelCase.',
        },
      ],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest']],
    // Warns that React Compiler skips TanStack Virtual's callers; this project does not compile with it.
    rules: { 'react-hooks/incompatible-library': 'off' },
  },
  { files: ['cli/**', 'bench/**', 'scripts/**', 'web/**', 'electron/**'], rules: { 'no-console': 'off' } },
  { files: ['**/*.{js,cjs}'], languageOptions: { globals: globals.node } },
)
