import js from "@eslint/js";
import globals from "globals";
import wc from "eslint-plugin-wc";

export default [
  js.configs.recommended,
  wc.configs["flat/recommended"],
  {
    files: ["custom_components/meeting_rooms/frontend/**/*.js", "tests/frontend/**/*.js"],
    languageOptions: { ecmaVersion: 2024, globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      complexity: ["error", 10],
      eqeqeq: "error",
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  {
    // A describe block of a test file is one long function.
    files: ["tests/frontend/**/*.js"],
    rules: { "max-lines-per-function": "off" },
  },
];
