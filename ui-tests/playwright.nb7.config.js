// The same prebuilt extension in Notebook 7.
const base = require('./playwright.config');

const port = Number(process.env.UI_TEST_PORT || 8899) + 1;

module.exports = {
  ...base,
  testDir: 'tests-nb7',
  outputDir: 'test-results-nb7',
  use: { ...base.use, baseURL: `http://localhost:${port}` },
  webServer: {
    ...base.webServer,
    command: `jupyter notebook --config jupyter_server_test_config.py --allow-root --ServerApp.port=${port}`,
    url: `http://localhost:${port}/api`
  }
};
