"""The Terraform modules: one typed Python class each, and the roots that wire them.

Read `base/module.py` first, then `network.py`: together they show all there is to know.
"""

from modules.base import bindings

bindings.prepare()
