/**
 * Markdown from agents and people. It is data, not markup: raw HTML is shown as text, addresses are limited to safe
 * schemes by the library, and images become links, so that reading a task never calls another host.
 */
import Reader, { type MarkdownToJSX } from 'markdown-to-jsx/react'
import { Fragment, memo, type ComponentProps } from 'react'

const Anchor = ({ children, ...rest }: ComponentProps<'a'>) => (
  <a
    {...rest}
    target="_blank"
    rel="noreferrer nofollow"
    className="text-accent underline decoration-current/40 underline-offset-2 hover:decoration-current"
  >
    {children}
  </a>
)

const Picture = ({ src, alt }: ComponentProps<'img'>) => (
  <Anchor href={typeof src === 'string' ? src : undefined}>{alt ?? src}</Anchor>
)

const Table = (props: ComponentProps<'table'>) => (
  <div className="overflow-x-auto">
    <table {...props} />
  </div>
)

const options: MarkdownToJSX.Options = {
  disableParsingRawHTML: true,
  forceBlock: true,
  wrapper: Fragment,
  overrides: { a: Anchor, img: Picture, table: Table },
}

export const Markdown = memo(({ text }: { text: string }) => (
  <div className="prose">
    <Reader options={options}>{text}</Reader>
  </div>
))
Markdown.displayName = 'Markdown'
