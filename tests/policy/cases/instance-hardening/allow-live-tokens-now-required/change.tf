# why: The live template had optional tokens; this plan makes its next version require them, and the group takes the latest.
