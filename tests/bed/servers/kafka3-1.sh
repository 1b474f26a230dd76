# Node 1 of three. Sourced.
# shellcheck shell=bash disable=SC2034

NODE=1
. "$BED/lib/kafka.sh"
. "$BED/lib/kafka3.sh"
