const js = require('@eslint/js');
const globals = require('globals');
const jupyter = require('@jupyter/eslint-plugin');
const prettier = require('eslint-config-prettier');
const ts = require('typescript-eslint');

const typed = {
  files: ['src/**/*.{ts,tsx}'],
  languageOptions: {
    parserOptions: { project: './tsconfig.test.json' },
    globals: globals.browser
  },
  rules: {
    '@typescript-eslint/no-explicit-any': 'error',
    '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
    '@typescript-eslint/no-unused-vars': ['error', { args: 'none' }],
    '@typescript-eslint/naming-convention': [
      'error',
      {
        selector: 'interface',
        format: ['PascalCase'],
        custom: { regex: '^I[A-Z]', match: true }
      },
      {
        selector: 'memberLike',
        modifiers: ['private'],
        format: ['camelCase'],
        leadingUnderscore: 'require'
      }
    ],
    curly: ['error', 'all'],
    eqeqeq: 'error'
  }
};

module.exports = ts.config(
  {
    ignores: [
      'node_modules',
      'lib',
      'build',
      'dist',
      'coverage',
      'jupyter_prodready',
      '.venv',
      'ui-tests/node_modules',
      'ui-tests/test-results*'
    ]
  },
  js.configs.recommended,
  ...ts.configs.recommended,
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { jupyter },
    rules: {
      ...jupyter.configs.recommended[0].rules,
      // everything imported there is needed as soon as a notebook is open
      'jupyter/prefer-lazy-imports': 'off'
    }
  },
  {
    files: ['src/**/__tests__/**'], // nobody reads what a test makes up
    rules: { 'jupyter/no-untranslated-string': 'off' }
  },
  typed,
  {
    files: ['**/*.js'],
    languageOptions: { globals: globals.node },
    rules: { '@typescript-eslint/no-require-imports': 'off' }
  },
  { files: ['style/*.js'], languageOptions: { sourceType: 'module' } },
  prettier
);
