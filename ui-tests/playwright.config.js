const baseConfig = require('@jupyterlab/galata/lib/playwright-config');

const port = Number(process.env.UI_TEST_PORT || 8899);
const serverLog = process.env.UI_TEST_SERVER_LOG ? 'pipe' : 'ignore';

module.exports = {
  ...baseConfig,
  testDir: 'tests',
  workers: 1,
  retries: 1, // the second time is told as flaky: a page of JupyterLab may never get ready
  timeout: 90 * 1000,
  expect: { timeout: 15 * 1000 },
  reporter: [['list']],
  use: {
    ...baseConfig.use,
    baseURL: `http://localhost:${port}`,
    viewport: { width: 1400, height: 900 },
    video: 'off',
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      // the system's Chromium; without it Playwright's own
      executablePath: process.env.CHROMIUM_PATH || undefined,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--no-default-browser-check'
      ]
    }
  },
  webServer: {
    command: `jlpm start --ServerApp.port=${port}`,
    url: `http://localhost:${port}/lab`,
    timeout: 120 * 1000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10000 },
    stdout: serverLog,
    stderr: serverLog
  }
};
