import { useQuery } from '@tanstack/react-query'

import { projectsQuery } from '@/api/queries'
import { Select } from '@/ui/Field'

interface Props {
  label: string
  /** What stands for no project in particular; without it one is always chosen. */
  none?: string
  value: string | undefined
  onChange: (project: string | undefined) => void
  className?: string
}

/** A choice among the projects. */
export function ProjectSelect({
  label,
  none,
  value,
  onChange,
  className = 'w-40! text-xs [&>select]:h-7',
}: Props) {
  const { data: projects = [] } = useQuery(projectsQuery)
  return (
    <Select
      aria-label={label}
      value={value ?? ''}
      onChange={event => onChange(event.target.value || undefined)}
      className={className}
    >
      {none !== undefined && <option value="">{none}</option>}
      {projects.map(project => (
        <option key={project.id} value={project.id}>
          {project.name}
        </option>
      ))}
    </Select>
  )
}
