// Every spec in one registry of modules: loading JupyterLab's takes each of them a second.
// `jlpm test` runs each alone, in a registry of its own.
const { readdirSync } = require('fs');
const { join } = require('path');

const src = join(__dirname, '..', 'src');

for (const name of readdirSync(src, { recursive: true }).sort()) {
  if (/\.spec\.tsx?$/.test(name)) {
    require(join(src, name));
  }
}
