#!/usr/bin/env bash
# Creates the almanac's tasks, with nothing but the command line: tasks.sh MOZIPLUS-BINARY ROOT [PROJECT]
set -euo pipefail
bin=$1 root=$2 project=${3:-almanac}

# task TITLE OPTION...: creates a task and prints its id.
task() {
  local answer
  answer=$("$bin" --root "$root" --json blackboard create --project "$project" --title "$@")
  grep -oE '"id": *"t-[0-9]+"' <<<"$answer" | head -n 1 | grep -oE 't-[0-9]+'
}

whole=$(task "Almanac: three historic series" --priority 10 \
  --description "Read three raw files, check them, compute their figures and report. Done when all parts are.")

# Raw files into one common form. The air traffic file has defects, so it gets a review; the other two are low risk.
air=$(task "Read the air traffic file" --parent "$whole" --assignee ingest --type ingest --priority 9 --risk medium \
  --description $'Bring the file into the form month, thousands of passengers.\n\n- Series: air\n- Input: air-passengers.csv' \
  --truth "One row for each month from 1949-01 to 1960-12" --truth "All values are thousands of passengers" \
  --artifact outputs/air.csv)
nile=$(task "Read the Nile file" --parent "$whole" --assignee ingest --type ingest --priority 8 --risk low \
  --description $'Bring the file into the form year, flow.\n\n- Series: nile\n- Input: nile-flow.json' \
  --artifact outputs/nile.csv)
sun=$(task "Read the sunspot file" --parent "$whole" --assignee ingest --type ingest --priority 8 --risk low \
  --description $'Bring the table into the form year, number, quality.\n\n- Series: sunspots\n- Input: sunspots.txt' \
  --artifact outputs/sunspots.csv)

# Figures, each recomputed by a reviewer from the raw file.
air_figures=$(task "Quarterly figures of air traffic" --parent "$whole" --assignee analyst --type figures --priority 7 \
  --risk high --depends-on "$air" --description $'Totals by quarter and year, growth, peak.\n\n- Series: air' \
  --artifact outputs/air-figures.json)
nile_figures=$(task "When did the Nile fall?" --parent "$whole" --assignee analyst --type figures --priority 6 \
  --risk medium --depends-on "$nile" --description $'Means by decade, extremes, the break in level.\n\n- Series: nile' \
  --artifact outputs/nile-figures.json)
sun_figures=$(task "How long is a sunspot cycle?" --parent "$whole" --assignee analyst --type figures --priority 6 \
  --risk medium --depends-on "$sun" --description $'Cycles from minimum to minimum.\n\n- Series: sunspots' \
  --artifact outputs/sunspots-figures.json)

# What people read. The report is critical: two reviewers have to approve it.
charts=$(task "Charts" --parent "$whole" --assignee writer --type charts --priority 5 --risk low \
  --depends-on "$air,$nile,$sun" --description "One line chart a series, as SVG." \
  --artifact outputs/air.svg --artifact outputs/nile.svg --artifact outputs/sunspots.svg)
report=$(task "The report" --parent "$whole" --assignee writer --type report --priority 10 --risk critical \
  --depends-on "$air,$air_figures,$nile_figures,$sun_figures,$charts" \
  --description "One page with the charts, the main figures, their sources, and how they were checked." \
  --truth "Every number stands in a file of figures" --truth "Every link opens from the report's folder" \
  --artifact outputs/report.md)
manifest=$(task "Manifest with checksums" --parent "$whole" --assignee archivist --type manifest --priority 3 --risk low \
  --depends-on "$report" --description "SHA-256 of every result." --artifact outputs/manifest.txt)

echo "created $whole to $manifest in project $project"
