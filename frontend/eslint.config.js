// Rules that keep the code readable: no `any`, no default exports, and imports that only go down the floors.
import js from '@eslint/js'
import jsxA11y from 'eslint-plugin-jsx-a11y'
import reactHooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import tseslint from 'typescript-eslint'

// From the bottom up. A folder imports from itself and from the folders before it.
const floors = ['util', 'api', 'hooks', 'ui', 'components', 'pages', 'routes']

const fence = (floor, index) => ({
  files: [`src/${floor}/**/*.{ts,tsx}`, `src/${floor}.tsx`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          { group: ['../*'], message: 'Import from another folder as `@/folder/file`.' },
          {
            group: floors.slice(index + 1).flatMap(above => [`@/${above}`, `@/${above}/**`]),
            message: `${floor} may import only from: ${floors.slice(0, index + 1).join(', ')}.`,
          },
        ].filter(pattern => pattern.group.length > 0),
      },
    ],
  },
})

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name, so that a thing has one name everywhere.',
}

export default tseslint.config(
  { ignores: ['dist', 'client/dist', 'src/api/__generated__', 'test-results', 'playwright-report'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked.map(config => ({ ...config, files: ['**/*.{ts,tsx}'] })),
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks, 'jsx-a11y': jsxA11y },
    rules: {
      ...reactHooks.configs.recommended.rules,
      ...jsxA11y.flatConfigs.recommended.rules,
      'react-hooks/exhaustive-deps': 'error',
      'react-hooks/incompatible-library': 'off', // About the React Compiler, which is not used.
      'no-restricted-syntax': ['error', noDefaultExport],
      'no-console': 'error',
    },
  },
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: globals.node } },
  { files: ['public/**/*.js'], languageOptions: { globals: globals.browser } },
  ...floors.map(fence),
)
