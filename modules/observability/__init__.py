"""What the operators see: logs, alarms, a dashboard, the month's costs."""

from modules.base.module import Module
from modules.observability.alarms import alarms
from modules.observability.budget import budget
from modules.observability.dashboard import dashboard
from modules.observability.interface import ObservabilityInputs, ObservabilityOutputs, Watched
from modules.observability.logs import count_turned_away, log_group
from modules.observability.nat import nat_alarms
from modules.observability.notifications import notifications

__all__ = ["Observability", "ObservabilityInputs", "ObservabilityOutputs", "Watched"]


class Observability(Module[ObservabilityInputs, ObservabilityOutputs]):
    """Log groups, alarms to one SNS topic, a dashboard, and a budget.

    Every alarm says when it starts and when it ends. What CloudFront and the web ACL measure
    lies in us-east-1 and is on the dashboard only: the UI is a handful of static files, and an
    alarm there could not notify a topic here.

    The budget counts what carries the tag `project`, in this account, whatever its environment.
    AWS sees that tag only once it has been activated as a cost allocation tag, which the
    organisation's management account does, once.
    """

    def resources(self, inputs: ObservabilityInputs) -> ObservabilityOutputs:
        """Where logs go, whom alarms reach, and what is watched."""
        instance = log_group(self, inputs, "instance")
        nginx = log_group(self, inputs, "nginx")
        count_turned_away(self, nginx)
        topic = notifications(self, inputs)
        alarms(self, inputs, topic)
        nat_alarms(self, inputs, topic)
        budget(self, inputs, topic)
        board = dashboard(self, inputs)
        return ObservabilityOutputs(
            topic_arn=topic.arn,
            dashboard_name=board.dashboard_name,
            instance_log_group_name=instance.name,
            instance_log_group_arn=instance.arn,
            nginx_log_group_name=nginx.name,
            nginx_log_group_arn=nginx.arn,
        )
