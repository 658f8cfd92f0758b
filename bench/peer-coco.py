"""How long pycocotools takes to load a COCO file: `peer-coco.py FILE`. Prints ms on the clock and of the processor."""
import contextlib
import io
import json
import resource
import sys
import time

from pycocotools.coco import COCO


def user():
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime


since, cpu = time.perf_counter(), user()
with contextlib.redirect_stdout(io.StringIO()):
    coco = COCO(sys.argv[1])
ms, cpu_ms = 1000 * (time.perf_counter() - since), 1000 * (user() - cpu)
print(json.dumps({"annotations": len(coco.anns), "ms": ms, "cpuMs": cpu_ms}))
