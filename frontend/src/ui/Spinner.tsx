/** Something is under way; as large as the text beside it. */
export const Spinner = () => (
  <svg aria-hidden viewBox="0 0 16 16" className="size-3.5 animate-spin">
    <circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.75" opacity="0.25" />
    <path
      d="M14.25 8A6.25 6.25 0 0 0 8 1.75"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
    />
  </svg>
)
