#!/usr/bin/env bash
# Write both locks anew from pyproject.toml. Needs uv (part of no lock; any version does).
set -euo pipefail
cd "$(dirname "$0")/.."
lock() {
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-header --no-annotate "$@"
}
lock pyproject.toml --output-file packaging/requirements.lock
lock pyproject.toml --group dev --output-file packaging/requirements-dev.lock
