# Node 3 of three. Sourced.
# shellcheck shell=bash disable=SC2034

NODE=3
. "$BED/lib/kafka.sh"
. "$BED/lib/kafka3.sh"
