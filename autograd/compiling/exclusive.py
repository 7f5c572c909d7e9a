"""A lock for what neither another thread nor a forked process may see half done."""

import os
import threading

# Held while a function is recorded, as its parameters then hold tape numbers, and while machine
# code or the pool of threads is made.
EXCLUSIVE = threading.RLock()

if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=EXCLUSIVE.acquire,
        after_in_parent=EXCLUSIVE.release,
        after_in_child=EXCLUSIVE.release,
    )
