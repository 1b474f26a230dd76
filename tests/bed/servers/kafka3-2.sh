# Node 2 of three. Sourced.
# shellcheck shell=bash disable=SC2034

NODE=2
. "$BED/lib/kafka.sh"
. "$BED/lib/kafka3.sh"
