"""What a process of the server holds before its first request."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOOK = (
    "import gc, sys, newsroom.wsgi\nassert 'editions.views.desk' in sys.modules\n"
    "print(gc.get_freeze_count() > 20 * len(gc.get_objects()))"
)


def test_everything_is_loaded_and_out_of_the_collectors_way() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOK], cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "True", done.stderr
