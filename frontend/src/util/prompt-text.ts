/** Data in a prompt stands between marks that nobody can forge: `<data-1f of="title">…</data-1f>`. */
const data = /<data-(\w+) of="([^"]*)">\n?([\s\S]*?)\n?<\/data-\1>/g

/** A prompt for reading: what is data is quoted under its name. What is sent keeps its marks. */
export const withQuotes = (message: string): string =>
  message.replace(
    data,
    (_, _mark, of: string, text: string) =>
      ['', `*${of}*`, '', ...text.trim().split('\n')]
        .map(line => (line ? `> ${line}` : '>'))
        .join('\n')
        .replace(/^>\n/, '\n') + '\n',
  )
