module.exports = {
  ...require('./jest.config.js'),
  roots: ['<rootDir>/.ci', '<rootDir>/src'],
  testRegex: '\\.ci/every-spec\\.js$'
};
