// TypeScript, and the packages that ship ES modules only, as CommonJS. Syntax alone: the
// types are checked by `jlpm types:check`. SWC comes with the bundler that builds the
// panel, and reads in one second what takes babel and ts-jest thirty.
const { swc } = require('@rspack/core').experiments;

const parsers = {
  '.ts': { syntax: 'typescript' },
  '.tsx': { syntax: 'typescript', tsx: true }
};

module.exports = {
  process: (text, filename) => {
    const parser = parsers[/\.\w+$/.exec(filename)[0]] ?? {
      syntax: 'ecmascript'
    };
    const options = {
      filename,
      jsc: { parser, target: 'es2021' },
      module: { type: 'commonjs' },
      sourceMaps: true,
      swcrc: false
    };
    return swc.transformSync(text, options);
  }
};
