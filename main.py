"""The cdktf app: `python main.py` writes every module and root to `cdktf.out/stacks/`.

It knows no environment: what differs between environments stands in their variable files.
"""

from pathlib import Path

from modules.base.app import synthesise
from modules.dns import Dns
from modules.encryption import Encryption
from modules.frontend import Frontend
from modules.host import Host
from modules.image import Image
from modules.inference import Inference
from modules.load_balancer import LoadBalancer
from modules.network import Network
from modules.observability import Observability
from modules.pipeline import Pipeline
from modules.pipeline_root import PipelineRoot
from modules.state import State
from modules.state_root import StateRoot
from modules.translator import Translator

MODULES = (
    Dns,
    Encryption,
    Frontend,
    Host,
    Image,
    Inference,
    LoadBalancer,
    Network,
    Observability,
    Pipeline,
    State,
)
ROOTS = (PipelineRoot, StateRoot, Translator)

if __name__ == "__main__":
    synthesise(Path(__file__).with_name("cdktf.json"), MODULES + ROOTS)
