import { cx } from '@/util/cx'

interface Props {
  values: readonly number[]
  /** The place of a value that is pointed at. */
  pointed?: number | undefined
  /** What a screen reader says for the picture. */
  label: string
  className?: string
}

const width = 160
const height = 36
const pad = 2

/** A line without axes: how a figure moved. The scale begins at zero, so that a small change looks small. */
export function Spark({ values, pointed, label, className }: Props) {
  const top = Math.max(...values, 1e-9)
  const x = (index: number) => (values.length < 2 ? width : (index / (values.length - 1)) * width)
  const y = (value: number) => height - pad - (value / top) * (height - 2 * pad)
  const line = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(' ')
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      className={cx('h-9 w-full text-azure', className)}
    >
      {values.length > 1 && (
        <>
          <polygon points={`0,${height} ${line} ${width},${height}`} fill="currentColor" opacity="0.12" />
          <polyline
            points={line}
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
            strokeLinejoin="round"
            vectorEffect="non-scaling-stroke"
          />
          {pointed !== undefined && (
            <line
              x1={x(pointed)}
              x2={x(pointed)}
              y1="0"
              y2={height}
              stroke="currentColor"
              strokeWidth="1"
              vectorEffect="non-scaling-stroke"
            />
          )}
        </>
      )}
    </svg>
  )
}
