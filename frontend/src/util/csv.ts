/** Reads CSV or TSV (RFC 4180 quoting) up to a number of rows; enough for a preview. */
export function parseCsv(text: string, limit: number): { rows: string[][]; more: boolean } {
  const separator = (text.split('\n', 1)[0] ?? '').includes('\t') ? '\t' : ','
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const endRow = () => {
    row.push(cell)
    if (row.length > 1 || cell !== '') rows.push(row)
    row = []
    cell = ''
  }
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i)
    if (quoted) {
      if (char !== '"') cell += char
      else if (text[i + 1] === '"') cell += text.charAt(++i)
      else quoted = false
    } else if (char === '"' && cell === '') quoted = true
    else if (char === separator) {
      row.push(cell)
      cell = ''
    } else if (char === '\n') {
      endRow()
      if (rows.length >= limit) return { rows, more: i < text.length - 1 }
    } else if (char !== '\r') cell += char
  }
  endRow()
  return { rows, more: false }
}

/** True for text that is a number as people write it, so that its column is set flush right. */
export const isNumeric = (cell: string): boolean => /^\s*[-+]?[\d,]*\.?\d+(e[-+]?\d+)?\s*%?\s*$/i.test(cell)
