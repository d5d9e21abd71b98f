/** Terminal output as plain text: colour and cursor codes go, and a line rewritten by carriage returns shows its end. */
// eslint-disable-next-line no-control-regex -- control characters are what this is about
const codes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g
// eslint-disable-next-line no-control-regex -- likewise
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g

const lastWrite = (line: string) => line.slice(line.replace(/\r+$/, '').lastIndexOf('\r') + 1)

export const plain = (text: string): string =>
  text
    .replace(codes, '')
    .split('\n')
    .map(line => lastWrite(line).replace(/\r/g, ''))
    .join('\n')
    .replace(controls, '')
