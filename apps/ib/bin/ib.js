#!/bin/sh
":" //; exec node -- "$0" "$@"
// The line above starts Node from a shell: Node 20 takes --env-file for itself, wherever it stands, unless "--" is before the program.
import "../dist/main.js";
