# What every part of the bed knows: folders, versions, how to say something. Sourced.

set -euo pipefail

BED="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# Downloads, kept between runs.
CACHE="${KAFKAEFD_BED_CACHE:-$HOME/.cache/kafkaefd-bed}"
# One run: a folder for each server, and the file `endpoints`.
RUN="${KAFKAEFD_BED:-$CACHE/run}"
# How long a server may take to answer, in seconds. Beside a compiler on two cores they are slow.
PATIENCE="${KAFKAEFD_BED_PATIENCE:-180}"

# shellcheck source=../versions
. "$BED/versions"

say() { echo "bed: $*" >&2; }
fail() {
    say "$*"
    exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }
