#!/usr/bin/env python3
"""The program that `cargo … --message-format=json` built: reads cargo's lines, prints its path."""

import json
import sys

built = [line["executable"] for line in map(json.loads, sys.stdin) if line.get("executable")]
if not built:
    sys.exit("cargo built no program; run the same command without --message-format=json to see why")
print(built[-1])
