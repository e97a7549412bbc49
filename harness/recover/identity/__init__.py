"""Every type of resource that a plan may make, and how one of it is found again."""

from harness.recover.identity.access import ACCESS
from harness.recover.identity.compute import COMPUTE
from harness.recover.identity.delivery import DELIVERY
from harness.recover.identity.images import IMAGES
from harness.recover.identity.known import Identities, Left
from harness.recover.identity.network import NETWORK
from harness.recover.identity.storage import STORAGE
from harness.recover.identity.watching import WATCHING

IDENTITIES: Identities = {
    **ACCESS,
    **COMPUTE,
    **DELIVERY,
    **IMAGES,
    **NETWORK,
    **STORAGE,
    **WATCHING,
    "terraform_data": Left("it lies in the state alone, and nothing in the account"),
}
